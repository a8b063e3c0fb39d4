import type { ByteString } from '../../model/bytes.ts';
import { bytesFromBuffer } from '../../model/bytes.ts';
import type { Speaker, Tape, TapeRecorder } from '../../model/recording.ts';
import type { Clock } from '../../platform/clock.ts';
import type { WatchedSession } from './flood.ts';

/** The bytes of one visit on their way to where they are kept. */
export interface VisitTape {
  add(speaker: Speaker, bytes: Uint8Array | ByteString): void;
  end(): void;
}

interface Place {
  readonly address: string;
  readonly port: number;
}

/** The tapes of one sensor. */
export interface Tapes {
  open(session: WatchedSession, peer: Place, local: Place): VisitTape;
}

/** Of a visit that nothing is told of yet; and of all of those. */
const HELD_BACK = 32_768;
const HELD_BACK_ALL = 16_777_216;

/**
 * One of a flood of connections is recorded only once its events are: its first bytes are held back until then, and
 * forgotten when it ends before.
 */
export function createTapes(recorder: TapeRecorder, sensor: string, clock: Clock): Tapes {
  let heldByAll = 0;

  const openQuiet = (begin: () => Tape, quiet: () => boolean): Tape => {
    let tape: Tape | undefined;
    let pieces: { readonly speaker: Speaker; readonly bytes: ByteString; readonly ms: number }[] = [];
    let held = 0;

    const release = (): void => {
      heldByAll -= held;
      held = 0;
      pieces = [];
    };
    const tapeNow = (): Tape | undefined => {
      if (tape !== undefined || quiet()) return tape;
      tape = begin();
      for (const { speaker, bytes, ms } of pieces) tape.add(speaker, bytes, ms);
      release();
      return tape;
    };
    return {
      add: (speaker, bytes, ms) => {
        const open = tapeNow();
        if (open !== undefined) return open.add(speaker, bytes, ms);
        if (held + bytes.length > HELD_BACK || heldByAll + bytes.length > HELD_BACK_ALL) return undefined;
        held += bytes.length;
        heldByAll += bytes.length;
        pieces.push({ speaker, bytes: typeof bytes === 'string' ? bytes : bytesFromBuffer(bytes), ms });
        return undefined;
      },
      end: (ms) => {
        tapeNow()?.end(ms);
        release();
      },
    };
  };
  return {
    open: ({ session, quiet }, { address, port }, local) => {
      const started = clock.monotonic();
      const head = { session, sensor, peer: { address, port }, local, opened: clock.now() };
      const begin = (): Tape => recorder.open(head);
      /** To the microsecond. */
      const ms = (): number => Math.round((clock.monotonic() - started) * 1_000) / 1_000;
      const tape = quiet === undefined ? begin() : openQuiet(begin, quiet);
      return {
        add: (speaker, bytes) => tape.add(speaker, bytes, ms()),
        end: () => tape.end(ms()),
      };
    },
  };
}

import type { ByteString } from '../model/bytes.ts';
import { bytesFromBuffer } from '../model/bytes.ts';
import type { Speaker, Tape, TapeRecorder } from '../model/recording.ts';
import type { Clock } from '../platform/clock.ts';
import type { WatchedSession } from './flood.ts';

interface Place {
  readonly address: string;
  readonly port: number;
}

/** The tapes of one sensor. */
export interface Tapes {
  open(session: WatchedSession, peer: Place, local: Place): Tape;
}

/** Of a visit that nothing is told of yet; and of all of those. One that says more is recorded as any other. */
const HELD_BACK = 32_768;
const HELD_BACK_ALL = 16_777_216;

/**
 * One of a flood of connections is recorded only once its events are: its first bytes are held back until then, and
 * forgotten when it ends before.
 */
export function createTapes(
  recorder: TapeRecorder,
  { sensor, persona }: { readonly sensor: string; readonly persona: string },
  clock: Clock,
): Tapes {
  let heldByAll = 0;

  const openQuiet = (begin: () => Tape, quiet: () => boolean, elapsed: () => number): Tape => {
    let tape: Tape | undefined;
    let pieces: { readonly speaker: Speaker; readonly bytes: ByteString; readonly ms: number }[] = [];
    let held = 0;

    const release = (): void => {
      heldByAll -= held;
      held = 0;
      pieces = [];
    };
    const tapeNow = (more: number): Tape | undefined => {
      const little = held + more <= HELD_BACK && heldByAll + more <= HELD_BACK_ALL;
      if (tape !== undefined || (little && quiet())) return tape;
      tape = begin();
      for (const { speaker, bytes, ms } of pieces) tape.add(speaker, bytes, ms);
      release();
      return tape;
    };
    return {
      add: (speaker, bytes, asked) => {
        const open = tapeNow(bytes.length);
        if (open !== undefined) return open.add(speaker, bytes, asked);
        const ms = asked ?? elapsed();
        held += bytes.length;
        heldByAll += bytes.length;
        pieces.push({ speaker, bytes: typeof bytes === 'string' ? bytes : bytesFromBuffer(bytes), ms });
        return undefined;
      },
      end: (ms) => {
        tapeNow(0)?.end(ms);
        release();
      },
    };
  };
  return {
    open: ({ session, quiet }, { address, port }, local) => {
      const started = clock.monotonic();
      const head = { session, sensor, peer: { address, port }, local, persona, opened: clock.now() };
      const begin = (): Tape => recorder.open(head, started);
      if (quiet === undefined) return begin();
      return openQuiet(begin, quiet, () => Math.round((clock.monotonic() - started) * 1_000) / 1_000);
    },
  };
}

import type { MasterDialler, ReplicaSide } from '../emulator/master-link.ts';
import { dialsAtOnce } from '../emulator/master-link.ts';
import type { SessionRecorder } from '../model/recorder.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import type { DialEnd, PayloadSink } from './dial-master.ts';
import { dialMaster } from './dial-master.ts';
import type { CaptureGate, Refused } from './gate.ts';
import type { Quarantine } from './quarantine.ts';

export interface MasterCaptureOptions {
  readonly gate: CaptureGate;
  readonly quarantine: Quarantine;
  readonly clock: Clock;
  readonly random: Random;
}

const SECOND = 1_000;
/** When nothing may go out for now. */
const LATER_MS = 5_000;
/** Dials to one master that was named once; a visitor who wants more names it again. */
const MOST_DIALS = 100;
/** Of further copies from the same master only so much is read: the rhythm is what they show. */
const REPEATED_BYTES = 1_048_576;
/** A database that is larger than this is kept, but its keys are not loaded: others would have to wait. */
const LARGEST_DATABASE = 16_777_216;
/** Refusals that time does not change. */
const FOR_GOOD: ReadonlySet<Refused['reason']> = new Set([
  'no-address',
  'not-public',
  'denied',
  'not-allowed',
  'own-address',
  'port',
]);

/**
 * Follows the masters that visitors name as a replica of the persona's release would: the first whole copy goes to the quarantine, later ones only show the rhythm. Nothing that comes is ever run.
 */
export function createMasterCapture(options: MasterCaptureOptions): MasterDialler {
  return { follow: (side, session) => followMaster(side, session, options) };
}

function followMaster(
  side: ReplicaSide,
  session: SessionRecorder | undefined,
  { gate, quarantine, clock, random }: MasterCaptureOptions,
): () => void {
  const { master } = side;
  const host = master.host;
  /** The timer of a real server, which dials once a second. */
  const phase = dialsAtOnce(side.level) ? SECOND : random.below(SECOND);
  const started = clock.monotonic();
  const told = new Set<string>();
  let dials = 0;
  let copied = false;
  let gone = false;
  let timer: NodeJS.Timeout | undefined;
  let hangUp: () => void = () => undefined;

  const after = (ms: number): void => {
    if (gone || dials >= MOST_DIALS) return;
    timer = setTimeout(() => void dial().catch(() => after(LATER_MS)), ms);
    timer.unref();
  };
  const nextSecond = (): number => {
    const since = clock.monotonic() - started - phase;
    return SECOND - (((since % SECOND) + SECOND) % SECOND);
  };

  const dial = async (): Promise<void> => {
    const admitted = await gate.admit(host, master.port);
    if (gone) {
      if ('leave' in admitted) admitted.leave();
      return;
    }
    if ('reason' in admitted) {
      refused(admitted);
      return;
    }
    dials++;
    const { payloadBytes, payloadMs } = gate.rules;
    const open = dialMaster({
      side,
      address: admitted.address,
      clock,
      // Others may fill the room meanwhile: then the quarantine refuses what is written.
      payloadBytes: copied ? REPEATED_BYTES : Math.min(payloadBytes, quarantine.room(payloadBytes)),
      payloadMs,
      sink: () => (copied ? NOWHERE : quarantined(admitted.address)),
      ended: (end) => {
        admitted.leave();
        tell(admitted.address, end);
        after(end.again === 'at-once' ? 0 : nextSecond());
      },
    });
    hangUp = () => open.leave();
  };
  const refused = ({ reason, address }: Refused): void => {
    // Behind a firewall that drops what goes out a dial hangs; without an address there is none.
    master.link.state = reason === 'no-address' ? 'connect' : 'connecting';
    if (!told.has(reason))
      session?.emit({ type: 'master.not-dialled', host, address, port: master.port, reason });
    told.add(reason);
    if (!FOR_GOOD.has(reason)) after(LATER_MS);
  };
  /** What goes on as it did is told once. */
  const tell = (address: string, { outcome, bytes, ms, said }: DialEnd): void => {
    if (told.has(outcome)) return;
    told.add(outcome);
    session?.emit({
      type: 'master.dialled',
      host,
      address,
      port: master.port,
      outcome,
      bytes,
      ms,
      ...(said === undefined ? {} : { said }),
    });
  };

  const quarantined = (address: string): PayloadSink => {
    const spool = quarantine.begin();
    return {
      write: (chunk) => spool.write(chunk),
      abort: () => spool.abort(),
      finish: () => {
        const path = side.path();
        const { record, fresh } = spool.finish({
          time: clock.now(),
          session: session?.session ?? '',
          host,
          address,
          port: master.port,
          path,
        });
        copied = true;
        const { sha256, size, kind, names } = record;
        session?.emit({
          type: 'file.captured',
          sha256,
          size,
          kind,
          address,
          port: master.port,
          path,
          names,
          fresh,
        });
        const loads = kind === 'rdb' && size <= LARGEST_DATABASE;
        const content = loads ? quarantine.content(sha256, size) : undefined;
        return side.received({ names }, content);
      },
    };
  };

  after(dialsAtOnce(side.level) ? 0 : phase);
  return () => {
    gone = true;
    clearTimeout(timer);
    hangUp();
  };
}

const NOWHERE: PayloadSink = { write: () => undefined, finish: () => false, abort: () => undefined };

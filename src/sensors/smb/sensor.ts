import type { Recorder } from '../../model/recorder.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Random } from '../../platform/random.ts';
import { createAdmission } from '../admission.ts';
import { congestionOf } from '../congestion.ts';
import type { Arrival, Door, OpenDoor } from '../doors.ts';
import { openDoor } from '../doors.ts';
import { createFloodWatch } from '../flood.ts';
import type { SmbLimits } from './limits.ts';
import { DEFAULT_SMB_LIMITS } from './limits.ts';
import type { Personality } from './personality.ts';
import { personalityOf } from './personality.ts';
import type { Premises, Visitor } from './visitor.ts';
import { serveVisitor } from './visitor.ts';

export interface SmbSensor {
  readonly host: string;
  readonly port: number;
  /** Where the further doors listen, in the order in which they were asked for. */
  readonly doors: readonly { readonly host: string; readonly port: number }[];
  /** Hangs up on everyone, records that, and stops listening. */
  close(): Promise<void>;
}

export interface SmbSensorOptions {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Named in every event. */
  readonly name: string;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits?: Partial<SmbLimits>;
  /** Further ways in. */
  readonly doors?: readonly Door[] | undefined;
  /** What it says of itself; the rest is made from `seed`. */
  readonly personality?: Partial<Personality>;
  /** The same seed makes the same host name; the sensor's name when none is given. */
  readonly seed?: string;
  /** Told in one line when a message could not be answered. */
  readonly onTrouble?: (message: string) => void;
}

/**
 * Listens as a Windows 7 that speaks SMB1 and lacks the update of MS17-010. It only ever answers: no share, no file and
 * no pipe is behind it, and nothing of what is sent is kept or run. Rejects with the system's error (EADDRINUSE, ...).
 */
export async function listenSmb(options: SmbSensorOptions): Promise<SmbSensor> {
  const { recorder, clock, random, name, onTrouble } = options;
  const limits = { ...DEFAULT_SMB_LIMITS, ...options.limits };
  const visitors = new Set<Visitor>();
  const sessions = createFloodWatch(recorder, clock, { sensor: name, protocol: 'smb' });
  const admission = createAdmission<Visitor>(limits.connections, (visitor) => visitor.end('limit'));
  const premises: Premises = {
    personality: personalityOf(options.seed ?? name, options.personality),
    clock,
    random,
    limits,
    congestion: congestionOf(recorder),
    onFault: onTrouble && ((error) => onTrouble(faultLine(error))),
    held: 0,
  };

  const arrive = (arrival: Arrival): void => {
    const session = sessions.open(arrival.origin);
    const visitor = serveVisitor(arrival, session, premises, () => {
      admission.leave(arrival.origin.address, visitor);
      visitors.delete(visitor);
    });
    visitors.add(visitor);
    if (!admission.enter(arrival.origin.address, visitor)) visitor.end('limit');
  };
  const fault = ({ socket, origin }: Arrival, message: string): void => {
    const session = sessions.open(origin);
    const local = { address: socket.localAddress ?? '', port: socket.localPort ?? 0 };
    session.emit({ type: 'session.opened', protocol: 'smb', local });
    session.emit({ type: 'wire.fault', fault: message, looksLike: 'unknown', sample: '' });
    const counts = { commands: 0, bytesIn: socket.bytesRead, bytesOut: 0, ms: 0 };
    session.emit({ type: 'session.closed', reason: 'protocol-error', ...counts });
    socket.on('error', () => undefined).destroy();
  };
  const doors: OpenDoor[] = [];
  const timer = setInterval(() => {
    sessions.settle();
    for (const visitor of visitors) visitor.settle();
  }, limits.settleMs);
  timer.unref();
  const close = async (): Promise<void> => {
    clearInterval(timer);
    const closed = doors.map((door) => door.close());
    for (const visitor of visitors) visitor.end('shutdown');
    await Promise.all(closed);
    sessions.settle();
  };
  const wanted: readonly Door[] = [
    { kind: 'plain', host: options.host, port: options.port },
    ...(options.doors ?? []),
  ];
  try {
    for (const door of wanted) doors.push(await openDoor(door, arrive, fault));
  } catch (error) {
    await close();
    throw error;
  }
  const [main = options, ...further] = doors;
  return { host: main.host, port: main.port, doors: further, close };
}

/** What went wrong, and where in the sensor: nothing of what the visitor sent. */
function faultLine(error: unknown): string {
  const place = /\/(src|dist)\/([\w/.-]+:\d+)/.exec(error instanceof Error ? (error.stack ?? '') : '')?.[2];
  return `a message could not be answered and its connection was closed: please report a fault at ${place ?? 'an unknown place'}`;
}

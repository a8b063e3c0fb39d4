import type { Bait } from '../../emulator/bait/bait.ts';
import type { MasterDialler } from '../../emulator/master-link.ts';
import type { Persona } from '../../emulator/persona.ts';
import { loadPersona } from '../../emulator/persona.ts';
import { createRedisServer } from '../../emulator/server.ts';
import type { Recorder } from '../../model/recorder.ts';
import type { TapeRecorder } from '../../model/recording.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Random } from '../../platform/random.ts';
import { createAdmission } from '../admission.ts';
import { congestionOf } from '../congestion.ts';
import type { Arrival, Door, OpenDoor } from '../doors.ts';
import { openDoor } from '../doors.ts';
import { createFloodWatch } from '../flood.ts';
import { createTapes } from '../tape.ts';
import { keepWorld } from './keep-world.ts';
import type { SensorLimits } from './limits.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import type { Premises, Visitor } from './visitor.ts';
import { serveVisitor } from './visitor.ts';
import type { WorldFile } from './world-file.ts';

export interface RedisSensor {
  readonly host: string;
  readonly port: number;
  /** Where the further doors listen, in the order in which they were asked for. */
  readonly doors: readonly { readonly host: string; readonly port: number }[];
  /** Hangs up on everyone, records that, and stops listening. */
  close(): Promise<void>;
}

export interface RedisSensorOptions {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
  /** Named in every event. */
  readonly name: string;
  readonly persona?: Persona;
  readonly recorder: Recorder;
  /** Where the bytes of both sides are kept; without one they are not. */
  readonly tapes?: TapeRecorder | undefined;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits?: Partial<SensorLimits>;
  /** Dials the masters that visitors name; without one no connection ever goes out. */
  readonly dialler?: MasterDialler | undefined;
  /** Settings that visitors find changed, by name: `requirepass` makes it a server that is to be guessed open. */
  readonly settings?: ReadonlyMap<string, string>;
  /** Further ways in. */
  readonly doors?: readonly Door[] | undefined;
  /** Where its world outlives a restart; without one it is empty at each start. */
  readonly world?: WorldFile | undefined;
  /** What it is filled with when its world is new; `onBait` is told then. */
  readonly bait?: Bait | undefined;
  readonly onBait?: (bait: Bait) => void;
  /** Told in one line when the world could not be saved, or a request not be served. */
  readonly onTrouble?: (message: string) => void;
}

/**
 * Listens as a Redis server that anyone may use. It only ever answers: no command runs, nothing but its world is
 * written, and no connection goes out but those of the dialler it may be handed. Rejects with the system's error
 * (EADDRINUSE, EACCES, ...).
 */
export async function listenRedis(options: RedisSensorOptions): Promise<RedisSensor> {
  const { recorder, clock, random, name, bait } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const persona = options.persona ?? loadPersona();
  const restore = await options.world?.read();
  const visitors = new Set<Visitor>();
  const sessions = createFloodWatch(recorder, clock, { sensor: name, protocol: 'redis' });
  const admission = createAdmission<Visitor>(limits.connections, (visitor) => visitor.end('limit'));
  let premises: Premises | undefined;

  const arrive = (arrival: Arrival): void => {
    // Nobody is served before the port is known; nor has anybody been able to connect.
    if (premises === undefined) return;
    const session = sessions.open(arrival.origin);
    const visitor = serveVisitor(arrival, session, premises, () => {
      admission.leave(arrival.origin.address, visitor);
      visitors.delete(visitor);
    });
    visitors.add(visitor);
    keeper.changed();
    if (!admission.enter(arrival.origin.address, visitor)) visitor.refuse();
  };
  const fault = ({ socket, origin }: Arrival, message: string): void => {
    const session = sessions.open(origin);
    const local = { address: socket.localAddress ?? '', port: socket.localPort ?? 0 };
    session.emit({ type: 'session.opened', protocol: 'redis', local });
    session.emit({ type: 'wire.fault', fault: message, looksLike: 'unknown', sample: '' });
    const counts = { commands: 0, bytesIn: socket.bytesRead, bytesOut: 0, ms: 0 };
    session.emit({ type: 'session.closed', reason: 'protocol-error', ...counts });
    socket.on('error', () => undefined).destroy();
  };
  const doors: OpenDoor[] = [];
  const open = async (door: Door): Promise<OpenDoor> => {
    const opened = await openDoor(door, arrive, fault);
    doors.push(opened);
    return opened;
  };
  const main = await open({ kind: 'plain', host: options.host, port: options.port });
  const redis = createRedisServer({
    persona,
    clock,
    random,
    port: main.port,
    maxClients: limits.connections,
    dialler: options.dialler,
    settings: options.settings,
    restore,
    bait,
  });
  const tapes = options.tapes && createTapes(options.tapes, { sensor: name, persona: persona.name }, clock);
  const { onTrouble } = options;
  const onFault = onTrouble && ((error: unknown) => onTrouble(faultLine(error)));
  premises = { redis, clock, limits, tapes, congestion: congestionOf(recorder), onFault, held: 0, unread: 0 };
  const keeper = keepWorld(redis, options);
  const timer = setInterval(() => {
    sessions.settle();
    for (const visitor of visitors) visitor.settle();
  }, limits.burstMs);
  timer.unref();
  const close = async (): Promise<void> => {
    clearInterval(timer);
    const closed = doors.map((door) => door.close());
    for (const visitor of visitors) visitor.end('shutdown');
    await Promise.all(closed);
    sessions.settle();
    await keeper.close();
    redis.close();
  };
  try {
    for (const door of options.doors ?? []) await open(door);
  } catch (error) {
    await close();
    throw error;
  }
  if (restore === undefined && bait !== undefined) options.onBait?.(bait);
  return { host: main.host, port: main.port, doors: doors.slice(1), close };
}

/** What went wrong, and where in the sensor: nothing of what the visitor sent. */
function faultLine(error: unknown): string {
  const place = /\/(src|dist)\/([\w/.-]+:\d+)/.exec(error instanceof Error ? (error.stack ?? '') : '')?.[2];
  return `a request could not be served and its connection was closed: please report a fault at ${place ?? 'an unknown place'}`;
}

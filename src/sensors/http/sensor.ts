import type { Recorder } from '../../model/recorder.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Random } from '../../platform/random.ts';
import { createAdmission } from '../admission.ts';
import { congestionOf } from '../congestion.ts';
import type { Arrival, Door, OpenDoor } from '../doors.ts';
import { openDoor } from '../doors.ts';
import { apache } from './apache.ts';
import { createApp } from './app.ts';
import type { Connection } from './connection.ts';
import { serveConnection } from './connection.ts';
import { faultAct } from './exchange.ts';
import type { HttpLimits } from './limits.ts';
import { DEFAULT_HTTP_LIMITS } from './limits.ts';
import { nginx } from './nginx.ts';
import type { UploadKeeper } from './offered-file.ts';
import type { HttpPersona } from './persona.ts';
import { defaultHttpPersona } from './persona.ts';
import type { Premises } from './premises.ts';
import { createReceiver } from './premises.ts';
import { createHttpSessions } from './sessions.ts';
import { createSite } from './site.ts';

const FAMILIES = { nginx, apache } as const;

export interface HttpSensor {
  /** Of the first door. */
  readonly host: string;
  readonly port: number;
  /** Where the further doors listen, in the order in which they were asked for. */
  readonly doors: readonly { readonly host: string; readonly port: number }[];
  /** Hangs up on everyone, records that, and stops listening. */
  close(): Promise<void>;
}

export interface HttpSensorOptions {
  /** Ways in, one at least; a port of 0 is any free one. A visitor has one session, whichever it takes. */
  readonly doors: readonly [Door, ...Door[]];
  /** Named in every event. */
  readonly name: string;
  /** Makes the site this sensor's own, and the same at each start. */
  readonly seed: string;
  readonly persona?: HttpPersona;
  readonly recorder: Recorder;
  readonly clock: Clock;
  readonly random: Random;
  readonly limits?: Partial<HttpLimits>;
  /** Where the files of visitors go; without one they are told and not kept. */
  readonly keepUpload?: UploadKeeper | undefined;
  /** Told in one line when a request could not be served. */
  readonly onTrouble?: (message: string) => void;
}

/**
 * Listens as a web server with one small site. It only ever answers: nothing that is sent is run, unpacked or shown again,
 * and no answer depends on what a rule makes of a request. Rejects with the system's error (EADDRINUSE, EACCES, ...).
 */
export async function listenHttp(options: HttpSensorOptions): Promise<HttpSensor> {
  const { recorder, clock, random, name, onTrouble } = options;
  const limits = { ...DEFAULT_HTTP_LIMITS, ...options.limits };
  const persona = options.persona ?? defaultHttpPersona();
  const site = createSite(options.seed);
  const sessions = createHttpSessions(recorder, clock, name, limits);
  const connections = new Set<Connection>();
  const admission = createAdmission<Connection>(limits.connections, (connection) => connection.end());
  const premises: Premises = {
    persona,
    family: FAMILIES[persona.family],
    site,
    app: createApp(site, random),
    clock,
    sessions,
    congestion: congestionOf(recorder),
    receiver: createReceiver(options.keepUpload, limits),
    onFault: onTrouble && ((error) => onTrouble(faultLine(error))),
  };
  const arrive = (arrival: Arrival): void => {
    const { address } = arrival.origin;
    const connection = serveConnection(arrival, premises, () => {
      admission.leave(address, connection);
      connections.delete(connection);
    });
    connections.add(connection);
    if (!admission.enter(address, connection)) connection.end();
  };
  const fault = (arrival: Arrival, message: string): void => {
    const session = sessions.of(arrival);
    session.touch(arrival.socket.bytesRead, 0);
    if (session.admit(0)) session.emit(faultAct(message, ''));
    arrival.socket.on('error', () => undefined).destroy();
  };
  const opened: OpenDoor[] = [];
  const timer = setInterval(() => sessions.settle(), limits.settleMs);
  timer.unref();
  const close = async (): Promise<void> => {
    clearInterval(timer);
    const closed = opened.map((door) => door.close());
    for (const connection of connections) connection.end();
    await Promise.all(closed);
    sessions.close();
  };
  try {
    for (const door of options.doors) opened.push(await openDoor(door, arrive, fault));
  } catch (error) {
    await close();
    throw error;
  }
  const [main, ...more] = opened;
  return { host: main?.host ?? '', port: main?.port ?? 0, doors: more, close };
}

/** What went wrong, and where in the sensor: nothing of what the visitor sent. */
function faultLine(error: unknown): string {
  const place = /\/(src|dist)\/([\w/.-]+:\d+)/.exec(error instanceof Error ? (error.stack ?? '') : '')?.[2];
  return `an HTTP request could not be served and its connection was closed: please report a fault at ${place ?? 'an unknown place'}`;
}

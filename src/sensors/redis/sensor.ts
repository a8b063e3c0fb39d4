import { once } from 'node:events';
import type { Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import type { Persona } from '../../emulator/persona.ts';
import { loadPersona } from '../../emulator/persona.ts';
import { createRedisServer } from '../../emulator/server.ts';
import type { Recorder } from '../../model/recorder.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Random } from '../../platform/random.ts';
import { createAdmission } from './admission.ts';
import type { SensorLimits } from './limits.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { plainAddress } from './plain-address.ts';
import type { Premises, Visitor } from './visitor.ts';
import { serveVisitor } from './visitor.ts';

export interface RedisSensor {
  readonly host: string;
  readonly port: number;
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
  readonly clock: Clock;
  readonly random: Random;
  readonly limits?: Partial<SensorLimits>;
}

/** The persona's tcp-keepalive. */
const KEEP_ALIVE_MS = 300_000;

/**
 * Listens as a Redis server that anyone may use. It only ever answers: no connection goes out, no file is written and
 * no command runs. Rejects with the system's error (EADDRINUSE, EACCES, ...).
 */
export async function listenRedis(options: RedisSensorOptions): Promise<RedisSensor> {
  const { recorder, clock, random, name } = options;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const persona = options.persona ?? loadPersona();
  const server = createServer({
    allowHalfOpen: true,
    noDelay: true,
    keepAlive: true,
    keepAliveInitialDelay: KEEP_ALIVE_MS,
  });
  const { host, port } = await listening(server, options.host, options.port);
  const redis = createRedisServer({ persona, clock, random, port, maxClients: limits.connections });
  const admission = createAdmission(limits);
  const visitors = new Set<Visitor>();
  const premises: Premises = { redis, clock, limits, congestion: congestionOf(recorder), held: 0, unread: 0 };

  server.on('connection', (socket: Socket) => {
    const origin = { address: plainAddress(socket.remoteAddress ?? ''), port: socket.remotePort ?? 0 };
    // Gone before it was accepted.
    if (origin.address === '') {
      socket.on('error', () => undefined).destroy();
      return;
    }
    const admitted = admission.enter(origin.address);
    const session = recorder.open({ vantage: 'sensor', sensor: name, peer: origin });
    const visitor = serveVisitor(socket, origin, session, premises, () => {
      if (admitted) admission.leave(origin.address);
      visitors.delete(visitor);
    });
    visitors.add(visitor);
    if (!admitted) visitor.refuse();
  });
  const timer = setInterval(() => {
    for (const visitor of visitors) visitor.settle();
  }, limits.burstMs);
  timer.unref();

  return {
    host,
    port,
    close: async () => {
      clearInterval(timer);
      const closed = once(server, 'close');
      server.close();
      for (const visitor of visitors) visitor.end('shutdown');
      await closed;
      redis.close();
    },
  };
}

async function listening(
  server: Server,
  host: string,
  port: number,
): Promise<{ host: string; port: number }> {
  server.listen({ host, port });
  await once(server, 'listening');
  // What goes wrong later (out of file descriptors) concerns one connection, not the sensor.
  server.on('error', () => undefined);
  const bound = server.address();
  return bound === null || typeof bound === 'string'
    ? { host, port }
    : { host: bound.address, port: bound.port };
}

/** One wait for all visitors, however many ask. */
function congestionOf(recorder: Recorder): () => Promise<void> | undefined {
  let waiting: Promise<void> | undefined;
  return () => {
    if (waiting === undefined && recorder.saturated) {
      waiting = recorder.drained().finally(() => {
        waiting = undefined;
      });
    }
    return waiting;
  };
}

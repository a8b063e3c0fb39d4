import type { ByteString } from '../model/bytes.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import type { RespVersion } from '../wire/resp-reply.ts';
import type { ClientLink, ClientOrigin } from './client.ts';
import { createKeyspace } from './keyspace.ts';
import type { Keyspace } from './keyspace.ts';
import type { Persona, PersonaCommand } from './persona.ts';

/** One connection, as the commands see it. */
export interface ClientState {
  readonly id: number;
  readonly origin: ClientOrigin;
  readonly link: ClientLink;
  readonly since: number;
  lastSeen: number;
  lastCommand: string;
  name: ByteString;
  db: number;
  resp: RespVersion;
  authenticated: boolean;
  closing: boolean;
  aborted: boolean;
  monitoring: boolean;
  /** Commands that wait for EXEC; undefined outside of MULTI. */
  queue: (readonly ByteString[])[] | undefined;
  /** A command could not be queued: EXEC will refuse. */
  poisoned: boolean;
  /** Watched keys and the change count of their database when WATCH was called. */
  watched: Map<string, number>;
  channels: Set<ByteString>;
  patterns: Set<ByteString>;
}

/** Counters that INFO reports. */
export interface Statistics {
  connections: number;
  rejected: number;
  commands: number;
  bytesIn: number;
  bytesOut: number;
  reads: number;
  writes: number;
  hits: number;
  misses: number;
  errors: number;
  peak: number;
  /** Calls and microseconds by command name. */
  readonly calls: Map<string, { calls: number; usec: number }>;
}

/** The whole pretended server. */
export interface World {
  readonly persona: Persona;
  readonly clock: Clock;
  readonly random: Random;
  /** The port it is reached at. */
  readonly port: number;
  readonly runId: string;
  replId: string;
  readonly pid: number;
  readonly started: number;
  readonly config: Map<string, ByteString>;
  readonly databases: Keyspace[];
  readonly clients: Map<number, ClientState>;
  readonly commands: ReadonlyMap<string, PersonaCommand>;
  readonly statistics: Statistics;
  readonly scripts: Map<string, ByteString>;
  /** Counts changes a key, for WATCH; only of keys someone watches. */
  readonly versions: Map<string, number>;
  master: { readonly host: ByteString; readonly port: number; readonly since: number } | undefined;
  /** Seconds since 1970 of the last SAVE. */
  lastSave: number;
  /** Changes since then. */
  dirty: number;
}

/** The emulator's own ceiling, whatever `maxmemory` an attacker sets: bytes of keys and values. */
export const MEMORY_CEILING = 268_435_456;

export function createWorld(
  options: { persona: Persona; clock: Clock; random: Random; port: number },
  commands: ReadonlyMap<string, PersonaCommand>,
): World {
  const { persona, clock, random, port } = options;
  // A server that has been up for some weeks; each sensor its own.
  const started = clock.now() - (1_209_600 + random.below(5_000_000)) * 1_000;
  const config = new Map(Object.entries(persona.config)).set('port', String(port));
  return {
    ...options,
    commands,
    runId: random.hex(20),
    replId: random.hex(20),
    pid: 400 + random.below(900),
    started,
    config,
    databases: Array.from({ length: Number(config.get('databases') ?? 16) }, createKeyspace),
    clients: new Map(),
    statistics: {
      connections: 0,
      rejected: 0,
      commands: 0,
      bytesIn: 0,
      bytesOut: 0,
      reads: 0,
      writes: 0,
      hits: 0,
      misses: 0,
      errors: 0,
      peak: 0,
      calls: new Map(),
    },
    scripts: new Map(),
    versions: new Map(),
    master: undefined,
    lastSave: Math.trunc(started / 1_000),
    dirty: 0,
  };
}

/** Bytes of keys and values in all databases. */
export function dataBytes(world: World): number {
  let total = 0;
  for (const database of world.databases) total += database.bytes;
  return total;
}

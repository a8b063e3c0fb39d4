import type { ByteString } from '../model/bytes.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import type { RespVersion } from '../wire/resp-reply.ts';
import type { ClientLink, ClientOrigin } from './client.ts';
import type { Command } from './command.ts';
import type { Keyspace, Memory } from './keyspace.ts';
import { createKeyspace } from './keyspace.ts';
import type { Persona } from './persona.ts';

/** One connection, as the commands see it. */
export interface ClientState {
  readonly id: number;
  readonly origin: ClientOrigin;
  readonly link: ClientLink;
  readonly fd: number;
  readonly since: number;
  lastSeen: number;
  lastCommand: string | undefined;
  name: ByteString;
  db: number;
  resp: RespVersion;
  authenticated: boolean;
  closing: boolean;
  aborted: boolean;
  /** Until a command that takes time has answered, the next ones wait. */
  blocked: boolean;
  monitoring: boolean;
  /** CLIENT REPLY; `skip` swallows the reply to the next command. */
  replies: 'on' | 'off' | 'skip';
  /** Commands that wait for EXEC; undefined outside of MULTI. */
  queue: (readonly ByteString[])[] | undefined;
  /** What the queue, the subscriptions and the watched keys cost. */
  held: number;
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
}

/** The whole pretended server. */
export interface World {
  readonly persona: Persona;
  readonly clock: Clock;
  readonly random: Random;
  /** The port it is reached at. */
  readonly port: number;
  /** Milliseconds since 1970 UTC at the zero of the monotonic clock. */
  readonly epoch: number;
  runId: string;
  replId: string;
  /** The id before the last change of roles. */
  formerReplId: string | undefined;
  readonly maxClients: number;
  readonly pid: number;
  /** Milliseconds since 1970 UTC. */
  started: number;
  readonly config: Map<string, ByteString>;
  readonly databases: Keyspace[];
  /** Bytes of keys and values in all databases. */
  readonly memory: Memory;
  readonly clients: Map<number, ClientState>;
  /** Descriptors of clients that have gone, to be used again. */
  readonly freeFds: number[];
  readonly monitors: Set<ClientState>;
  /** What runs: the persona's commands, and those of modules. */
  readonly commands: Map<string, Command>;
  /** The same by the ways clients mostly write them: lower and upper case. */
  readonly spellings: Map<string, Command>;
  /** Paths of loaded modules by name. */
  readonly modules: Map<string, ByteString>;
  /** Files that a master would have sent: dir and dbfilename since SLAVEOF. */
  readonly files: Set<ByteString>;
  readonly statistics: Statistics;
  readonly scripts: Map<string, ByteString>;
  /** Counts changes a key, for WATCH; only of keys someone watches. */
  readonly versions: Map<string, number>;
  /** The least of MEMORY_CEILING and what `maxmemory` says. */
  memoryLimit: number;
  /** When the turn at hand began, milliseconds since 1970 UTC, and the monotonic time of the last command's end. */
  now: number;
  ticks: number;
  /** When the databases were last cleared of what is past its time, because memory was short. */
  swept: number;
  /** Bytes that clients make the server hold beside its data. */
  held: number;
  master: { readonly host: ByteString; readonly port: number } | undefined;
  /** When visitors began to find the server locked by a password or a master. */
  lockedSince: number | undefined;
  /** Seconds since 1970 of the last SAVE. */
  lastSave: number;
  /** Changes since then. */
  dirty: number;
}

/** The emulator's own ceiling, whatever `maxmemory` a visitor sets: bytes of keys and values as Redis counts them. */
export const MEMORY_CEILING = 268_435_456;
/** The same with what they cost this process beside: many small keys reach it first. */
export const BURDEN_CEILING = 2 * MEMORY_CEILING;

export function memoryLimit(config: ReadonlyMap<string, ByteString>): number {
  const asked = Number(config.get('maxmemory') ?? 0);
  return asked > 0 ? Math.min(asked, MEMORY_CEILING) : MEMORY_CEILING;
}

export function createWorld(
  options: { persona: Persona; clock: Clock; random: Random; port: number; maxClients: number },
  commands: ReadonlyMap<string, Command>,
): World {
  const { persona, clock, random, port, maxClients } = options;
  // A server that has been up for some weeks; each sensor its own.
  const started = clock.now() - (1_209_600 + random.below(5_000_000)) * 1_000;
  const config = new Map(Object.entries(persona.config))
    .set('port', String(port))
    .set('maxclients', String(maxClients));
  const memory: Memory = { bytes: 0, burden: 0 };
  return {
    ...options,
    memory,
    commands: new Map(commands),
    spellings: new Map(
      [...commands].flatMap(([name, command]) => [
        [name, command],
        [name.toUpperCase(), command],
      ]),
    ),
    modules: new Map(),
    files: new Set(),
    monitors: new Set(),
    freeFds: [],
    held: 0,
    memoryLimit: memoryLimit(config),
    now: clock.now(),
    ticks: clock.monotonic(),
    swept: 0,
    epoch: clock.now() - clock.monotonic(),
    lockedSince: undefined,
    runId: random.hex(20),
    replId: random.hex(20),
    formerReplId: undefined,
    pid: 400 + random.below(900),
    started,
    config,
    databases: Array.from({ length: Number(config.get('databases') ?? 16) }, () => createKeyspace(memory)),
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
    },
    scripts: new Map(),
    versions: new Map(),
    master: undefined,
    lastSave: Math.trunc(started / 1_000),
    dirty: 0,
  };
}

/** The server becomes another one's replica, or (undefined) its own master. */
export function follow(world: World, master: World['master']): void {
  if (master !== undefined || world.master !== undefined) {
    world.formerReplId = world.replId;
    world.replId = world.random.hex(20);
  }
  world.master = master;
}

/** Microseconds since 1970 UTC. */
export function microseconds({ epoch, clock }: World): number {
  return Math.trunc((epoch + clock.monotonic()) * 1_000);
}

import type { ByteString } from '../model/bytes.ts';
import type { Clock } from '../platform/clock.ts';
import type { Random } from '../platform/random.ts';
import type { RespVersion } from '../wire/resp-reply.ts';
import type { Acl } from './acl/acl.ts';
import type { User } from './acl/user.ts';
import type { Waiting } from './blocking.ts';
import type { ClientLink, ClientOrigin } from './client.ts';
import type { Command } from './command.ts';
import type { Keyspace } from './keyspace.ts';
import type { LatencyEvent } from './latency-monitor.ts';
import type { Memory } from './layer.ts';
import { Layer } from './layer.ts';
import type { Master, MasterDialler, ReceivedFile } from './master-link.ts';
import { newLink } from './master-link.ts';
import type { Pause } from './pause.ts';
import type { Persistence } from './persistence.ts';
import { createPersistence } from './persistence.ts';
import type { Persona } from './persona.ts';
import type { ScanOrderOptions } from './scan-order.ts';
import type { ShellState } from './shell/shell-state.ts';
import { createShellState } from './shell/shell-state.ts';
import type { CommandLogs } from './slow-log.ts';
import { createCommandLogs } from './slow-log.ts';
import type { Statistics } from './statistics.ts';
import { createStatistics } from './statistics.ts';
import type { ClientTracking, TrackingTable } from './tracking.ts';
import { newTrackingTable } from './tracking.ts';
import type { Level } from './version.ts';
import { levelOf } from './version.ts';
import type { View } from './views.ts';
import { freshState } from './views.ts';

/** One connection, as the commands see it. */
export interface ClientState {
  readonly id: number;
  /** The group that it belongs to. */
  readonly view: View;
  readonly origin: ClientOrigin;
  readonly link: ClientLink;
  readonly fd: number;
  readonly since: number;
  lastSeen: number;
  lastCommand: string | undefined;
  /** How many words it had. */
  lastWords: number;
  /** The same with the subcommand, as CLIENT LIST of 7.0 and later shows it. */
  lastPart: string | undefined;
  name: ByteString;
  db: number;
  resp: RespVersion;
  /** Who it is; see acl/user.ts. */
  user: User;
  authenticated: boolean;
  closing: boolean;
  aborted: boolean;
  /** Until a command that takes time has answered, the next ones wait. */
  blocked: boolean;
  /** What it waits for, when it waits by `block`. */
  waiting: Waiting | undefined;
  monitoring: boolean;
  /** CLIENT REPLY; `skip` swallows the reply to the next command. */
  replies: 'on' | 'off' | 'skip';
  /** Commands that wait for EXEC; undefined outside of MULTI. */
  queue: (readonly ByteString[])[] | undefined;
  /** What the queue, the subscriptions and the watched keys cost. */
  held: number;
  /** MULTI or WATCH has been called: Valkey then shows 0 queued commands in the place of -1. */
  transacted: boolean;
  /** A command could not be queued: EXEC will refuse. */
  poisoned: boolean;
  /** Watched keys, by `watchKey`, as they were when WATCH was called. */
  watched: Map<string, WatchedKey>;
  channels: Set<ByteString>;
  patterns: Set<ByteString>;
  shardChannels: Set<ByteString>;
  /** CLIENT TRACKING; undefined while it is off. */
  tracking: ClientTracking | undefined;
  /** CLIENT NO-EVICT, NO-TOUCH, IMPORT-SOURCE. */
  noEvict: boolean;
  noTouch: boolean;
  importSource: boolean;
  /** CLIENT SETINFO, and the letters of CLIENT CAPA. */
  libraryName: ByteString;
  libraryVersion: ByteString;
  capabilities: string;
  /** For CLIENT LIST: bytes both ways, and commands that have run. */
  bytesIn: number;
  bytesOut: number;
  commands: number;
}

/** A key as WATCH found it: the count of its changes, and whether it was there. */
export interface WatchedKey {
  readonly changes: number;
  readonly there: boolean;
}

/** Changes of a key since somebody began to watch it, and how many watch it. */
export interface KeyChanges {
  changes: number;
  watchers: number;
}

/** A module as MODULE LIST tells it. `commands`: what it brought, by lower-case name. */
export interface LoadedModule {
  readonly path: ByteString;
  readonly args: readonly ByteString[];
  readonly version: number;
  readonly commands: readonly string[];
}

/** The whole pretended server. */
export interface World {
  readonly persona: Persona;
  /** Which Redis it behaves as; see version.ts. */
  readonly level: Level;
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
  pid: number;
  /** Keys that it found in its RDB file when it was started. */
  loadedKeys: number;
  /** Milliseconds since 1970 UTC. */
  started: number;
  /** What a group of visitors finds at first. */
  readonly baseConfig: ReadonlyMap<string, ByteString>;
  readonly baseCommands: ReadonlyMap<string, Command>;
  readonly baseReplId: string;
  /** The databases' keys that all groups share, by number. */
  readonly commons: readonly Layer[];
  /** Told of each key that went because its time was over. */
  readonly expiry: { tell(db: number, key: ByteString): void };
  /** Groups of visitors by name, whose turn it is, and the number of the next one. */
  readonly views: Map<string, View>;
  view: View;
  nextGroup: number;
  config: Map<string, ByteString>;
  databases: Keyspace[];
  /** Bytes of keys and values in all databases. */
  readonly memory: Memory;
  readonly clients: Map<number, ClientState>;
  /** Descriptors of clients that have gone, to be used again. */
  readonly freeFds: number[];
  readonly monitors: Set<ClientState>;
  /** Groups whose writes go into a stream, for the replicas they have or had lately. */
  readonly streams: Set<View>;
  /** What runs: the persona's commands, and those of modules. */
  commands: Map<string, Command>;
  /** The same by the ways clients mostly write them: lower and upper case. */
  spellings: Map<string, Command>;
  /** Loaded modules by name. */
  modules: Map<string, LoadedModule>;
  /** Files that a master has sent, or would have: by path, from dir and dbfilename since SLAVEOF. */
  files: Map<ByteString, ReceivedFile>;
  /** What the pretended shell of the machine has in its files. */
  readonly shell: ShellState;
  readonly statistics: Statistics;
  readonly logs: CommandLogs;
  /** What LATENCY tells, by event. */
  readonly latencies: Map<string, LatencyEvent>;
  readonly persistence: Persistence;
  /** Bytes of bulk strings that clients have announced and not sent: a real server has made room for them. */
  promised: number;
  scripts: Map<string, ByteString>;
  /** Users, made when they are first needed (`aclOf`). */
  acl: Acl | undefined;
  /** CLIENT PAUSE, while it lasts. */
  pause: Pause | undefined;
  /** Who listens, in the order in which they began: by channel, pattern and shard channel. */
  readonly channels: Map<ByteString, Set<ClientState>>;
  readonly patterns: Map<ByteString, Set<ClientState>>;
  readonly shardChannels: Map<ByteString, Set<ClientState>>;
  /** Keys that clients with CLIENT TRACKING have read. */
  readonly tracking: TrackingTable;
  /** Counts changes a key, for WATCH; only of keys someone watches. */
  readonly versions: Map<string, KeyChanges>;
  /** Clients that wait for a key, by `watchKey`, in the order in which they began. */
  readonly waiters: Map<string, Set<ClientState>>;
  /** Keys that somebody waits for and that the command at hand has touched. */
  readonly ready: Set<string>;
  /** The least of MEMORY_CEILING and what `maxmemory` says. */
  memoryLimit: number;
  /** When the turn at hand began, milliseconds since 1970 UTC, and the monotonic time of the last command's end. */
  now: number;
  ticks: number;
  /** When the databases were last cleared of what is past its time, because memory was short. */
  swept: number;
  /** Bytes that clients make the server hold beside its data. */
  held: number;
  master: Master | undefined;
  /** Dials masters, when the operator allows it. */
  readonly dialler: MasterDialler | undefined;
  /** When visitors began to find the server locked by a password or a master. */
  lockedSince: number | undefined;
  /** Seconds since 1970 of the last SAVE. */
  lastSave: number;
  /** Changes since then. */
  dirty: number;
}

export function createWorld(
  options: {
    persona: Persona;
    clock: Clock;
    random: Random;
    port: number;
    maxClients: number;
    settings?: ReadonlyMap<string, ByteString> | undefined;
    dialler?: MasterDialler | undefined;
  },
  commands: ReadonlyMap<string, Command>,
): World {
  const { persona, clock, random, port, maxClients } = options;
  // Just started, as all its counters say: what came before nobody can have counted.
  const started = clock.now();
  const config = new Map(Object.entries(persona.config))
    .set('port', String(port))
    .set('maxclients', String(maxClients));
  for (const [name, value] of options.settings ?? []) config.set(name, value);
  const memory: Memory = { bytes: 0, burden: 0, shares: new Map() };
  // Valkey fills the buckets of its tables with up to seven keys, from 8.1 on.
  const scanning: ScanOrderOptions = {
    seed: [random.below(2 ** 32), random.below(2 ** 32)],
    load: persona.engine === 'valkey' ? 6.4 : 1,
  };
  const expiry: World['expiry'] = { tell: () => undefined };
  const base = {
    expiry,
    baseConfig: config,
    baseCommands: commands,
    baseReplId: random.hex(20),
    commons: Array.from(
      { length: Number(config.get('databases') ?? 16) },
      (_, db) =>
        new Layer(
          memory,
          scanning,
          (key) => {
            expiry.tell(db, key);
          },
          () => world.now,
        ),
    ),
  };
  const group = { number: 0, writing: false };
  const own = freshState(base, group);
  const world: World = {
    ...options,
    ...base,
    ...own,
    views: new Map(),
    view: { name: '', group, own, clients: 0, seen: 0 },
    nextGroup: 1,
    level: levelOf(infoField(persona, 'redis_version')),
    memory,
    dialler: options.dialler,
    shell: createShellState(random),
    monitors: new Set(),
    streams: new Set(),
    freeFds: [],
    held: 0,
    now: clock.now(),
    ticks: clock.monotonic(),
    swept: 0,
    epoch: clock.now() - clock.monotonic(),
    runId: random.hex(20),
    pid: 400 + random.below(900),
    loadedKeys: 0,
    started,
    clients: new Map(),
    statistics: createStatistics(clock.now()),
    logs: createCommandLogs(),
    latencies: new Map(),
    persistence: createPersistence(),
    promised: 0,
    channels: new Map(),
    patterns: new Map(),
    shardChannels: new Map(),
    tracking: newTrackingTable(),
    versions: new Map(),
    waiters: new Map(),
    ready: new Set(),
    lastSave: Math.trunc(started / 1_000),
    dirty: 0,
  };
  return world;
}

/** The server becomes another one's replica, or (undefined) its own master, with a new replication id then. */
export function follow(world: World, master: Pick<Master, 'host' | 'port'> | undefined): void {
  if (master === undefined && world.master !== undefined) {
    world.formerReplId = world.replId;
    world.replId = world.random.hex(20);
  }
  world.master?.leave();
  world.master = master && {
    ...master,
    since: world.clock.now(),
    link: newLink(),
    leave: () => undefined,
  };
}

/** Microseconds since 1970 UTC. */
export function microseconds({ epoch, clock }: World): number {
  return Math.trunc((epoch + clock.monotonic()) * 1_000);
}

function infoField(persona: Persona, name: string): string {
  for (const { fields } of persona.sections)
    for (const [field, value] of fields) if (field === name) return value;
  return persona.version;
}

import { z } from 'zod';
import { CaptureKind } from './capture.ts';

/**
 * An argument that was longer than the event keeps: the event holds its head, this holds the rest of the truth.
 * `index` counts the arguments from 0; -1 stands for the act's `value` or `body`.
 */
export const Cut = z.object({
  index: z.number().int(),
  /** Length of the whole argument in bytes. */
  length: z.number().int().nonnegative(),
  /** SHA-256 of the whole argument, lower-case hex. */
  sha256: z.string(),
});
export type Cut = z.infer<typeof Cut>;

/** What a door speaks. */
export const Protocol = z.enum(['redis', 'http', 'smb']);
export type Protocol = z.infer<typeof Protocol>;

/** A visitor came: the first act of every session. */
export const SessionOpened = z.object({
  type: z.literal('session.opened'),
  protocol: Protocol,
  /** The address and port the visitor dialled. */
  local: z.object({ address: z.string(), port: z.number().int() }),
  /** Address of the balancer that brought the visitor and told who it is (PROXY protocol). */
  via: z.string().optional(),
  /** Absent when the connection is plain. `name` is the server name that the visitor asked for. */
  tls: z.object({ version: z.string(), cipher: z.string(), name: z.string().optional() }).optional(),
});

/**
 * Connections of one address that came in a flood and told nothing so far, and what such did that have gone: counted since
 * the last such act.
 */
export const SessionFlood = z.object({
  type: z.literal('session.flood'),
  protocol: Protocol,
  connections: z.number().int().nonnegative(),
  commands: z.number().int().nonnegative(),
  bytesIn: z.number().int().nonnegative(),
});

/** The end of every session, with what it amounted to. Late evidence may follow: what a master sends takes its time. */
export const SessionClosed = z.object({
  type: z.literal('session.closed'),
  reason: z.enum(['visitor', 'server', 'quit', 'protocol-error', 'limit', 'timeout', 'error', 'shutdown']),
  commands: z.number().int().nonnegative(),
  bytesIn: z.number().int().nonnegative(),
  bytesOut: z.number().int().nonnegative(),
  /** Duration in milliseconds. */
  ms: z.number().nonnegative(),
});

/** One Redis command as it was sent, and how it was answered. */
export const RedisCommand = z.object({
  type: z.literal('redis.command'),
  /** Lower case; a subcommand is joined with a bar as ACL does: `config|set`. At most 128 bytes. */
  name: z.string(),
  /** Byte strings; for `config|set` those after `SET`. */
  args: z.array(z.string()),
  db: z.number().int().nonnegative(),
  reply: z.enum(['ok', 'error', 'none']),
  /** The error line without its leading minus, when `reply` is `error`. */
  error: z.string().optional(),
  cut: z.array(Cut).optional(),
});
export type RedisCommand = z.infer<typeof RedisCommand>;

/** Many plain commands in a short time, counted instead of kept one by one. Telling acts are never folded into it. */
export const RedisBurst = z.object({
  type: z.literal('redis.burst'),
  /** Calls by command name. */
  counts: z.record(z.string(), z.number().int().positive()),
  /** One sample of arguments a name. */
  samples: z.record(z.string(), z.array(z.string())),
  /** How long the burst lasted, in milliseconds. */
  ms: z.number().nonnegative(),
});

/** Data that was written to, or found in, a Redis: one act a value. */
export const RedisValue = z.object({
  type: z.literal('redis.value'),
  db: z.number().int().nonnegative(),
  key: z.string(),
  kind: z.enum(['string', 'list', 'set', 'hash', 'zset', 'stream', 'other']),
  /** Hash field or stream field the value stands in. */
  field: z.string().optional(),
  value: z.string(),
  /** The command that wrote it, absent when it was found at rest. */
  command: z.string().optional(),
  /** Time to live in milliseconds, when one is known. */
  ttl: z.number().optional(),
  cut: z.array(Cut).optional(),
});
export type RedisValue = z.infer<typeof RedisValue>;

/** A server setting that was changed by CONFIG SET, or read by CONFIG GET or from redis.conf. */
export const RedisSetting = z.object({
  type: z.literal('redis.setting'),
  /** Lower case. */
  name: z.string(),
  value: z.string(),
  /** False when the server refused the change. */
  accepted: z.boolean(),
});

/** The data set was, or would have been, written to a file. */
export const RedisSave = z.object({
  type: z.literal('redis.save'),
  command: z.string(),
  dir: z.string(),
  dbfilename: z.string(),
  accepted: z.boolean(),
});

/** The server was made, or is, the replica of another one. `host` is null for NO ONE. */
export const RedisReplicaOf = z.object({
  type: z.literal('redis.replica-of'),
  host: z.string().nullable(),
  port: z.number().int().nullable(),
  accepted: z.boolean(),
});

/** A native module was asked for (`load`), removed (`unload`) or is there (`loaded`). */
export const RedisModule = z.object({
  type: z.literal('redis.module'),
  action: z.enum(['load', 'unload', 'loaded']),
  path: z.string().optional(),
  name: z.string().optional(),
  accepted: z.boolean(),
});

/** Lua or function code that was sent or found. */
export const RedisScript = z.object({
  type: z.literal('redis.script'),
  via: z.enum(['eval', 'script-load', 'function-load', 'found']),
  body: z.string(),
  /** SHA-1 of the body as Redis computes it, lower-case hex. */
  sha1: z.string(),
  cut: z.array(Cut).optional(),
});

/** A try to authenticate. */
export const RedisLogin = z.object({
  type: z.literal('redis.login'),
  user: z.string(),
  /** As the visitor sent it: a guess is evidence. The audit never makes this act. */
  password: z.string(),
  accepted: z.boolean(),
});

/** A counter of INFO commandstats: what ran on a server before we looked. */
export const RedisStatistic = z.object({
  type: z.literal('redis.statistic'),
  /** Command as in `RedisCommand.name`. */
  command: z.string(),
  calls: z.number().int().nonnegative(),
  rejected: z.number().int().nonnegative(),
  failed: z.number().int().nonnegative(),
});

/** Bytes that are not the protocol of the port: another protocol, or a broken frame. */
export const WireFault = z.object({
  type: z.literal('wire.fault'),
  fault: z.string(),
  /** What the bytes look like. */
  looksLike: z.enum(['http', 'tls', 'ssh', 'smb', 'rdp', 'redis', 'unknown']),
  /** First bytes, at most 256. */
  sample: z.string(),
});

/** A line for a shell: handed to a command of a module or to a script, and never run by anyone of us. */
export const ShellCommand = z.object({
  type: z.literal('shell.command'),
  /** `module`: an argument of a module's command; `lua`: io.popen or os.execute; `line`: within another shell line. */
  via: z.enum(['module', 'lua', 'line']),
  /** At most 16 KiB. */
  line: z.string(),
  cut: z.array(Cut).optional(),
});
export type ShellCommand = z.infer<typeof ShellCommand>;

/** How one connection went that the sensor made, as a replica, to the master that a visitor named. */
export const MasterDialled = z.object({
  type: z.literal('master.dialled'),
  /** As the visitor wrote it, and the address that was dialled. */
  host: z.string(),
  address: z.string(),
  port: z.number().int(),
  outcome: z.enum([
    'captured',
    'continued',
    'refused',
    'silent',
    'closed',
    'rejected',
    'not-kept',
    'too-large',
    'too-slow',
    'left',
  ]),
  /** Bytes of payload that came. */
  bytes: z.number().int().nonnegative(),
  ms: z.number().nonnegative(),
  /** What the master said that ended it, its first 256 bytes. */
  said: z.string().optional(),
});
export type MasterDialled = z.infer<typeof MasterDialled>;

/** A master that was not dialled although captures are switched on. */
export const MasterNotDialled = z.object({
  type: z.literal('master.not-dialled'),
  host: z.string(),
  /** Empty when the name has none. */
  address: z.string(),
  port: z.number().int(),
  reason: z.enum([
    'no-address',
    'not-public',
    'denied',
    'not-allowed',
    'own-address',
    'port',
    'too-often',
    'too-many',
    'full',
  ]),
});
export type MasterNotDialled = z.infer<typeof MasterNotDialled>;

/** A file that came from a master and lies in the quarantine. */
export const FileCaptured = z.object({
  type: z.literal('file.captured'),
  /** Lower-case hex. */
  sha256: z.string(),
  size: z.number().int().nonnegative(),
  kind: CaptureKind,
  /** The master it came from. */
  address: z.string(),
  port: z.number().int(),
  /** Where a real server would have written it. */
  path: z.string(),
  /** Commands that the file seems to bring. */
  names: z.array(z.string()),
  /** False when this payload was already there. */
  fresh: z.boolean(),
});
export type FileCaptured = z.infer<typeof FileCaptured>;

/** One HTTP request: as it came over the wire, or as a log tells of it. */
export const HttpRequest = z.object({
  type: z.literal('http.request'),
  /** As it was sent, at most 64 bytes; not always one of the methods there are. */
  method: z.string(),
  /** As it was sent: a path with its query, an absolute URL, `host:port` or `*`. */
  target: z.string(),
  /** `1.1`, `1.0`, `0.9`, or what stood there instead. */
  version: z.string(),
  /** Names and values in the order and case in which they were sent. */
  headers: z.array(z.tuple([z.string(), z.string()])),
  /** Without its transfer coding. */
  body: z.string(),
  /** The status that was answered; 0 when nothing was. */
  status: z.number().int().nonnegative(),
  /**
   * What the origin of this request cannot show. Absent when everything was seen: rates of requests that lack something
   * must not be mixed with those of a sensor.
   */
  lacks: z.array(z.enum(['headers', 'body', 'query'])).optional(),
  /** Index 0 stands for the target. */
  cut: z.array(Cut).optional(),
});
export type HttpRequest = z.infer<typeof HttpRequest>;

/** A file that a visitor handed in, as a part of a form or as the body of a request. */
export const FileOffered = z.object({
  type: z.literal('file.offered'),
  via: z.enum(['http']),
  /** Lower-case hex. */
  sha256: z.string(),
  size: z.number().int().nonnegative(),
  kind: CaptureKind,
  /** Name of the form field, and of the file as the visitor gave it; empty when there is none. */
  field: z.string(),
  name: z.string(),
  /** Content type as the visitor gave it. */
  mime: z.string(),
  /** Whether it lies in the quarantine, and whether it is new there. */
  kept: z.boolean(),
  fresh: z.boolean(),
});
export type FileOffered = z.infer<typeof FileOffered>;

/** One SMB command of a visitor (a message can chain several), and how it was answered. */
export const SmbCommand = z.object({
  type: z.literal('smb.command'),
  /**
   * Lower case, words joined with hyphens as in MS-CIFS: `negotiate`, `session-setup-andx`, `transaction2-secondary`, ...
   * `command-0x42` when it has none there. `grooming` is no command: the head of a frame of 65,527 bytes that claims to be
   * SMB2 and opens the connection, with which EternalBlue makes the server set memory aside. The rest seldom comes.
   */
  name: z.string(),
  /**
   * Of a transaction: `peek-named-pipe`, `session-setup`, ...; of a secondary that of the transaction which it goes on with.
   * `mixed-forms` of a `session-setup-andx`: the words of one form with the flags of the other (another way to groom).
   */
  subcommand: z.string().optional(),
  /** NT status that was answered, as its name: `STATUS_INSUFF_SERVER_RESOURCES`; empty when nothing was answered. */
  status: z.string(),
  /** Dialects that were offered (`negotiate`). */
  dialects: z.array(z.string()).optional(),
  /** Share, pipe or file that was asked for. */
  path: z.string().optional(),
  /** The command that opened the transaction which this message goes on with, when it is another kind of transaction. */
  continues: z.string().optional(),
  /**
   * The transaction that a secondary goes on with was whole already, so nothing is left to send: the race of
   * EternalChampion, and how EternalSynergy reads memory. Only set when `continues` is not.
   */
  late: z.literal(true).optional(),
  /** What is hidden in the timeout of a Trans2 SESSION_SETUP, the way DoublePulsar takes orders. */
  order: z.enum(['ping', 'exec', 'kill', 'unknown']).optional(),
  /** Bytes of data that came with it. */
  bytes: z.number().int().nonnegative(),
});
export type SmbCommand = z.infer<typeof SmbCommand>;

/** Who a visitor said it is, in a session setup. Never a hash of a password. */
export const SmbLogin = z.object({
  type: z.literal('smb.login'),
  user: z.string(),
  domain: z.string(),
  workstation: z.string(),
  nativeOs: z.string(),
  nativeLanMan: z.string(),
  accepted: z.boolean(),
});
export type SmbLogin = z.infer<typeof SmbLogin>;

/**
 * One thing done, or that must have been done for us to find its trace. A SET that a sensor met, a SET that
 * passed the guard and a value that the audit found are the same act: one rule serves all of them.
 */
export const Act = z.discriminatedUnion('type', [
  SessionOpened,
  SessionClosed,
  SessionFlood,
  RedisCommand,
  RedisBurst,
  RedisValue,
  RedisSetting,
  RedisSave,
  RedisReplicaOf,
  RedisModule,
  RedisScript,
  RedisLogin,
  RedisStatistic,
  WireFault,
  ShellCommand,
  MasterDialled,
  MasterNotDialled,
  FileCaptured,
  FileOffered,
  HttpRequest,
  SmbCommand,
  SmbLogin,
]);
export type Act = z.infer<typeof Act>;
export type ActType = Act['type'];
export type ActOf<T extends ActType> = Extract<Act, { type: T }>;

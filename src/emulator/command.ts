import type { ByteString } from '../model/bytes.ts';
import { integer, nullArray, nullBulk } from '../wire/resp-reply.ts';
import type { Keyspace } from './keyspace.ts';
import type { LatencyHistogram } from './latency-histogram.ts';
import type { PersonaCommand } from './persona.ts';
import { invalidate } from './tracking.ts';
import type { Value, ValueOf, ValueType } from './value.ts';
import type { ClientState, World } from './world.ts';

/**
 * One command being run. A family is a file that exports a `Family`: handlers by lower-case command name, listed in
 * `families.ts`. Arity, flags and key positions come from the persona's recorded command table, so a handler starts
 * with as many arguments as the real server would have let through.
 */
export interface Call {
  readonly world: World;
  readonly client: ClientState;
  /** The command's name is argument 0. */
  readonly argv: readonly ByteString[];
  /** The selected database. */
  readonly db: Keyspace;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** Runs another command in the place of this one: for scripts. */
  readonly run: (call: Call, command: Command) => ByteString;
  /** Inside EXEC or a script: nobody may wait. */
  readonly nested: boolean;
  /** A script calls it. */
  readonly script?: boolean;
}

/** Returns the whole reply, encoded. */
export type Handler = (call: Call) => ByteString;

/** A command that runs: what is told about it, and what does it. */
export interface Command extends PersonaCommand {
  readonly handler: Handler;
  readonly writes: boolean;
  /** It may need memory: refused when there is none left. */
  readonly grows: boolean;
  /** Its time is worth measuring; what is not slow counts as a microsecond. */
  readonly slow: boolean;
  /** CLIENT TRACKING remembers what it reads. */
  readonly reads: boolean;
  /** MONITOR does not show it. */
  readonly unseen: boolean;
  /** From 7.0 on a container's subcommands are commands of their own, by lower-case word; empty before. */
  readonly parts: ReadonlyMap<string, Command>;
  calls: number;
  /** Microseconds of all calls. */
  usec: number;
  /** How long they took, of those that are measured. */
  latencies: LatencyHistogram | undefined;
}

export function runnable(told: PersonaCommand, handler: Handler): Command {
  const [writes, grows, fast] = ['write', 'denyoom', 'fast'].map((flag) => told.flags.includes(flag));
  const slow = fast !== true && told.name !== 'set';
  return {
    ...told,
    handler,
    writes: writes === true,
    reads: told.flags.includes('readonly'),
    unseen: told.flags.includes('skip_monitor') || told.flags.includes('admin'),
    grows: grows === true,
    slow,
    parts: new Map(
      (told.subcommands ?? []).map((part) => [
        part.name.slice(part.name.indexOf('|') + 1),
        runnable(part, handler),
      ]),
    ),
    calls: 0,
    usec: 0,
    latencies: undefined,
  };
}

export type Family = Readonly<Record<string, Handler>>;

/** Redis's shared error lines, without the minus. */
export const SYNTAX = 'ERR syntax error';
export const WRONG_TYPE = 'WRONGTYPE Operation against a key holding the wrong kind of value';
export const NOT_INTEGER = 'ERR value is not an integer or out of range';
export const NOT_FLOAT = 'ERR value is not a valid float';
export const NO_SUCH_KEY = 'ERR no such key';
export const OUT_OF_MEMORY = "OOM command not allowed when used memory > 'maxmemory'.";

/** A reply that ends a handler early: thrown by the argument readers, caught by the dispatcher alone. */
export class ReplyError extends Error {}

export function fail(text: ByteString): never {
  throw new ReplyError(text);
}

/** Argument `index`, which the arity has promised. */
export function argument(call: Call, index: number): ByteString {
  return call.argv[index] ?? '';
}

/** A 64-bit integer as string2ll reads it; here within what a number holds exactly. */
export function integerArgument(text: ByteString, message: string = NOT_INTEGER): number {
  return Number(exactInteger(text, message));
}

/** The same without loss. */
export function exactInteger(text: ByteString, message: string = NOT_INTEGER): bigint {
  if (text.length > 20 || !/^(0|-?[1-9]\d*)$/.test(text)) fail(message);
  const value = BigInt(text);
  if (value > MOST || value < LEAST) fail(message);
  return value;
}

export const MOST = 9223372036854775807n;
export const LEAST = -9223372036854775808n;

/** The value of a key when it is of this type; undefined when there is none; WRONGTYPE otherwise. */
export function valueOf<T extends ValueType>(call: Call, key: ByteString, type: T): ValueOf<T> | undefined {
  const value = call.db.get(key, call.now);
  if (value === undefined) return undefined;
  if (!isOf(value, type)) fail(WRONG_TYPE);
  return value;
}

function isOf<T extends ValueType>(value: Value, type: T): value is ValueOf<T> {
  return value.type === type;
}

/** Books a change of `count` elements under a key of this database: RDB counters, WATCH, clients that wait for it. */
export function touched(call: Call, key: ByteString, count = 1, db = call.client.db): void {
  const { world } = call;
  world.dirty += count;
  if (world.versions.size > 0) changedVersion(world, db, key);
  if (world.tracking.active) invalidate(world, call.client, key, db);
  if (world.waiters.size > 0) {
    const waited = watchKey(db, key);
    if (world.waiters.has(waited)) world.ready.add(waited);
  }
}

/** Breaks the transactions that watch a key. */
export function changedVersion(world: World, db: number, key: ByteString): void {
  const watched = watchKey(db, key);
  const known = world.versions.get(watched);
  if (known !== undefined) known.changes++;
}

export function watchKey(db: number, key: ByteString): string {
  return `${db}/${key}`;
}

/** Books bytes that a client makes the server keep beside its data (negative to give back). */
export function hold(world: World, client: ClientState, bytes: number): void {
  client.held += bytes;
  world.held += bytes;
}

export const nil = (call: Call): ByteString => nullBulk(call.client.resp);
export const nilArray = (call: Call): ByteString => nullArray(call.client.resp);
export const yes: ByteString = integer(1);
export const no: ByteString = integer(0);

import type { ByteString } from '../model/bytes.ts';
import { errorReply } from '../wire/resp-reply.ts';
import type { Call } from './command.ts';
import { fail, hold, MOST, ReplyError, watchKey } from './command.ts';
import { mayHold } from './may-hold.ts';
import { recordLate } from './replication/feed.ts';
import type { LongDouble } from './strings/long-double.ts';
import { longDoubleOf } from './strings/long-double.ts';
import { since } from './version.ts';
import { enter } from './views.ts';
import type { ClientState, World } from './world.ts';

/** A client that waits for something to happen, or for its time to be over. */
export interface Waiting {
  readonly call: Call;
  /** `watchKey`s; empty when it only waits for time. */
  readonly keys: readonly string[];
  /** Tries again when one of the keys, `ready`, was changed: the reply, or undefined to go on waiting. */
  readonly attempt: (call: Call, ready: ByteString) => ByteString | undefined;
  readonly expired: () => ByteString;
  /** What it makes the server hold. */
  readonly bytes: number;
  timer: NodeJS.Timeout | undefined;
}

export interface BlockOptions {
  /** Keys of the selected database, first come first served. */
  readonly keys: readonly ByteString[];
  /** 0 for ever. */
  readonly timeoutMs: number;
  readonly attempt: Waiting['attempt'];
  /** The reply when the time is over, and at once where nobody may wait (MULTI, scripts). */
  readonly expired: () => ByteString;
}

/** The longest that a timer can wait; more is for ever. */
const LONGEST_MS = 2_147_483_647;
/** What a word, or a key that is waited for, costs beside its bytes. */
const WORD_OVERHEAD = 64;

/**
 * Makes the client wait; returns what its handler has to return. The attempt is not made now: the handler has done so.
 * It is made after each command (or transaction, or script) that touched one of the keys, in the order in which clients
 * began to wait.
 */
export function block(call: Call, options: BlockOptions): ByteString {
  const { world, client } = call;
  if (call.nested) return options.expired();
  const bytes = heldBy(call.argv) + heldBy(options.keys);
  mayHold(call, bytes);
  const waiting: Waiting = {
    // The arguments are kept past the turn in which they were read.
    call: { ...call, argv: [...call.argv] },
    keys: [...new Set(options.keys)].map((key) => watchKey(client.db, key)),
    attempt: options.attempt,
    expired: options.expired,
    bytes,
    timer: undefined,
  };
  hold(world, client, bytes);
  client.blocked = true;
  client.waiting = waiting;
  for (const key of waiting.keys) {
    const others = world.waiters.get(key) ?? new Set<ClientState>();
    world.waiters.set(key, others.add(client));
  }
  if (options.timeoutMs > 0) {
    waiting.timer = setTimeout(
      () => unblock(world, client, inItsName(world, client, waiting.expired)),
      Math.min(options.timeoutMs, LONGEST_MS),
    );
    waiting.timer.unref();
  }
  return '';
}

const heldBy = (words: readonly ByteString[]): number =>
  words.reduce((total, word) => total + word.length + WORD_OVERHEAD, 0);

/** Ends a client's wait with this reply, and lets it go on with what it has sent meanwhile. */
export function unblock(world: World, client: ClientState, reply: ByteString): void {
  if (!forget(world, client)) return;
  if (reply !== '') client.link.send(reply);
  client.link.resume();
}

/** The client waits no longer; nothing is sent. False when it did not wait. */
export function forget(world: World, client: ClientState): boolean {
  const { waiting } = client;
  if (waiting === undefined) return false;
  clearTimeout(waiting.timer);
  client.waiting = undefined;
  client.blocked = false;
  hold(world, client, -waiting.bytes);
  for (const key of waiting.keys) {
    const others = world.waiters.get(key);
    others?.delete(client);
    if (others?.size === 0) world.waiters.delete(key);
  }
  return true;
}

/** After a command: those who wait for a key that it touched try again. */
export function serveWaiting(world: World): void {
  while (world.ready.size > 0) {
    const keys = [...world.ready];
    world.ready.clear();
    for (const waited of keys) {
      const key = waited.slice(waited.indexOf('/') + 1);
      // Who is served may begin to wait again at once: that is for the next change.
      const waiting = [...(world.waiters.get(waited) ?? [])];
      for (const client of waiting) retry(world, client, key);
    }
  }
}

function retry(world: World, client: ClientState, ready: ByteString): void {
  const { waiting } = client;
  if (waiting === undefined) return;
  const reply = inItsName(world, client, () => attempted(waiting, ready, world.now));
  if (reply !== undefined) unblock(world, client, reply);
}

function attempted(waiting: Waiting, ready: ByteString, now: number): ByteString | undefined {
  const { call } = waiting;
  const { dirty } = call.world;
  // Only commands that write wait for keys, XREAD apart, which changes nothing.
  const { group } = call.client.view;
  group.writing = true;
  try {
    const later = { ...call, db: call.world.databases[call.client.db] ?? call.db, now };
    const reply = waiting.attempt(later, ready);
    if (reply !== undefined && call.world.streams.size > 0) recordLate(later, reply, dirty);
    return reply;
  } catch (error) {
    if (!(error instanceof ReplyError)) throw error;
    return errorReply(error.message);
  } finally {
    group.writing = false;
  }
}

/** Does something as the world is for this client, in the middle of another one's turn. */
function inItsName<T>(world: World, client: ClientState, act: () => T): T {
  const { view } = world;
  enter(world, client.view);
  try {
    return act();
  } finally {
    enter(world, view);
  }
}

/** A timeout in seconds, as BLPOP takes it: milliseconds. As in C a negative part of a millisecond is for ever. */
export function timeoutArgument(call: Call, text: ByteString): number {
  const seconds = longDoubleOf(text) ?? fail('ERR timeout is not a float or out of range');
  const ms = seconds === 'infinite' ? infinite(text) : milliseconds(seconds);
  const tooLong = since(call, 7.2) ? 'ERR timeout is out of range' : 'ERR timeout is negative';
  if (ms < 0) fail('ERR timeout is negative');
  if (ms > (since(call, 7.2) ? MOST - BigInt(call.now) : MOST)) fail(tooLong);
  return Number(ms);
}

const infinite = (text: ByteString): bigint => (text.startsWith('-') ? -MOST : MOST + 1n);

/** Rounded up. */
function milliseconds({ mantissa, exponent }: LongDouble): bigint {
  const ms = mantissa * 1_000n;
  return exponent >= 0 ? ms << BigInt(exponent) : -(-ms >> BigInt(-exponent));
}

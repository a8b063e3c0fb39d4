import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { array, bulk, integer, set } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, integerArgument, nil, no, SYNTAX, touched, valueOf, yes } from '../command.ts';
import { boundedArray } from '../reply-bound.ts';
import { scanPage } from '../scan-page.ts';
import { encodingOf, memberBytes } from '../value.ts';

type Members = Set<ByteString>;

function membersOf(call: Call, key = argument(call, 1)): Members {
  return valueOf(call, key, 'set')?.members ?? new Set<ByteString>();
}

/** An intset comes in order. */
function inOrder(members: Members): ByteString[] {
  const all = [...members];
  const whole = encodingOf({ type: 'set', members }) === 'intset';
  return whole ? all.toSorted((one, other) => (BigInt(one) < BigInt(other) ? -1 : 1)) : all;
}

function add(call: Call, key: ByteString, items: readonly ByteString[]): number {
  const value = valueOf(call, key, 'set');
  const members = value?.members ?? new Set<ByteString>();
  const before = members.size;
  let grown = 0;
  for (const item of items) {
    if (members.has(item)) continue;
    members.add(ownedBytes(item));
    grown += memberBytes([item]);
  }
  if (value === undefined) call.db.set(key, { type: 'set', members });
  else call.db.changed(key, grown);
  const count = members.size - before;
  if (count > 0) touched(call, key, count);
  return count;
}

function remove(call: Call, key: ByteString, items: readonly ByteString[]): number {
  const members = membersOf(call, key);
  const gone = items.filter((item) => members.delete(item));
  if (gone.length > 0) {
    call.db.changed(key, -memberBytes(gone));
    touched(call, key, gone.length);
  }
  return gone.length;
}

/** Any members: the first after a place by chance near the front, so that a large set is not walked. */
function some(call: Call, members: Members, count: number): ByteString[] {
  if (count >= members.size) return [...members];
  const skip = call.world.random.below(Math.min(members.size - count, 64) + 1);
  const found: ByteString[] = [];
  let index = 0;
  for (const member of members) {
    if (index++ < skip) continue;
    if (found.length >= count) break;
    found.push(member);
  }
  return found;
}

function pop(call: Call): ByteString {
  if (call.argv.length > 3) fail(SYNTAX);
  const single = call.argv.length === 2;
  const count = single ? 1 : integerArgument(argument(call, 2));
  if (count < 0) fail('ERR index out of range');
  const found = some(call, membersOf(call), count);
  remove(call, argument(call, 1), found);
  if (!single) return set(found.map(bulk), call.client.resp);
  return found[0] === undefined ? nil(call) : bulk(found[0]);
}

function random(call: Call): ByteString {
  if (call.argv.length > 3) fail(SYNTAX);
  const count = call.argv.length === 2 ? 1 : integerArgument(argument(call, 2));
  const members = membersOf(call);
  if (call.argv.length === 2) {
    const [found] = some(call, members, 1);
    return found === undefined ? nil(call) : bulk(found);
  }
  if (count >= 0) return array(some(call, members, count).map(bulk));
  // Below zero the same member may come again.
  const pool = some(call, members, 64);
  const times = pool.length === 0 ? 0 : Math.min(-count, MOST_REPEATED);
  return boundedArray(Array.from({ length: times }), () =>
    bulk(pool[call.world.random.below(pool.length)] ?? ''),
  );
}

const MOST_REPEATED = 1_000_000;

/** The members of all keys in one pass over each; every key is looked up first, for its type. */
function combine(call: Call, name: string, keys: readonly ByteString[]): Members {
  const [first = new Set<ByteString>(), ...others] = keys.map((key) => membersOf(call, key));
  const result = new Set(first);
  // A set that is named again changes nothing, and must not cost again.
  for (const other of new Set(others)) {
    if (name === 'sunion') for (const member of other) result.add(member);
    else if (name === 'sdiff') subtract(result, other);
    else intersect(result, other);
  }
  return result;
}

function subtract(from: Members, other: Members): void {
  if (other.size < from.size) for (const member of other) from.delete(member);
  else for (const member of from) if (other.has(member)) from.delete(member);
}

function intersect(into: Members, other: Members): void {
  for (const member of into) if (!other.has(member)) into.delete(member);
}

const combined =
  (name: string) =>
  (call: Call): ByteString =>
    set([...combine(call, name, call.argv.slice(1))].map(bulk), call.client.resp);

const combinedInto =
  (name: string) =>
  (call: Call): ByteString => {
    const key = argument(call, 1);
    const members = combine(call, name, call.argv.slice(2));
    call.db.delete(key, call.now);
    if (members.size > 0) call.db.set(key, { type: 'set', members });
    touched(call, key);
    return integer(members.size);
  };

export const sets: Family = {
  sadd: (call) => integer(add(call, argument(call, 1), call.argv.slice(2))),
  srem: (call) => integer(remove(call, argument(call, 1), call.argv.slice(2))),
  scard: (call) => integer(membersOf(call).size),
  sismember: (call) => (membersOf(call).has(argument(call, 2)) ? yes : no),
  smembers: (call) => set(inOrder(membersOf(call)).map(bulk), call.client.resp),
  srandmember: random,
  spop: pop,
  smove: (call) => {
    const [from, to, item] = [argument(call, 1), argument(call, 2), argument(call, 3)];
    const source = valueOf(call, from, 'set');
    if (source === undefined) return no;
    valueOf(call, to, 'set');
    if (from === to) return source.members.has(item) ? yes : no;
    if (remove(call, from, [item]) === 0) return no;
    add(call, to, [item]);
    return yes;
  },
  sinter: combined('sinter'),
  sunion: combined('sunion'),
  sdiff: combined('sdiff'),
  sinterstore: combinedInto('sinter'),
  sunionstore: combinedInto('sunion'),
  sdiffstore: combinedInto('sdiff'),
  sscan: (call) => scanPage(call, inOrder(membersOf(call)), valueOf(call, argument(call, 1), 'set')),
};

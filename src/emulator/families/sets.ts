import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, EMPTY_ARRAY, integer, set as setReply } from '../../wire/resp-reply.ts';
import { atLeast, NOT_POSITIVE } from '../argument-range.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, integerArgument, nil, no, SYNTAX, touched, yes } from '../command.ts';
import { setForm } from '../encoding.ts';
import { randomCount, randomMembers } from '../random-members.ts';
import { boundedArray } from '../reply-bound.ts';
import { scanPage } from '../scan-page.ts';
import { setAlgebra } from '../sets/algebra.ts';
import { addMembers, inOrder, removeMembers, setOf } from '../sets/set-store.ts';
import { since } from '../version.ts';

const NOBODY: ReadonlySet<ByteString> = new Set();

function membersOf(call: Call): ReadonlySet<ByteString> {
  return setOf(call, argument(call, 1))?.members ?? NOBODY;
}

function pop(call: Call): ByteString {
  if (call.argv.length > 3) fail(SYNTAX);
  const key = argument(call, 1);
  if (call.argv.length === 2) {
    const [found] = randomMembers(call, membersOf(call), 1);
    if (found === undefined) return nil(call);
    removeMembers(call, key, [found], 'spop');
    return bulk(found);
  }
  const count = popCount(call, argument(call, 2));
  const found = randomMembers(call, membersOf(call), count);
  removeMembers(call, key, found, 'spop');
  return setReply(found.map(bulk), call.client.resp);
}

function popCount(call: Call, text: ByteString): number {
  if (since(call, 6.2)) return atLeast(text, 0, NOT_POSITIVE);
  const count = integerArgument(text);
  if (count < 0) fail('ERR index out of range');
  return count;
}

function random(call: Call): ByteString {
  if (call.argv.length > 3) fail(SYNTAX);
  if (call.argv.length === 2) {
    const [found] = randomMembers(call, membersOf(call), 1);
    return found === undefined ? nil(call) : bulk(found);
  }
  const text = argument(call, 2);
  const count = since(call, 6.2) ? randomCount(text, false) : integerArgument(text);
  const set = setOf(call, argument(call, 1));
  // 6.0 calls even what has a member twice a set.
  const asSet = !since(call, 6.2);
  if (set === undefined || count === 0) return asSet ? setReply([], call.client.resp) : EMPTY_ARRAY;
  if (count < 0 && !(asSet && call.client.resp === 3)) {
    return boundedArray(randomMembers(call, set.members, count), bulk);
  }
  const all = count >= set.members.size;
  const found = (all ? inOrder(call, set) : randomMembers(call, set.members, count)).map(bulk);
  return asSet ? setReply(found, call.client.resp) : array(found);
}

function move(call: Call): ByteString {
  const [from, to, item] = [argument(call, 1), argument(call, 2), argument(call, 3)];
  const source = setOf(call, from);
  if (source === undefined) return no;
  setOf(call, to);
  if (from === to) return source.members.has(item) ? yes : no;
  if (removeMembers(call, from, [item]) === 0) return no;
  if (addMembers(call, to, [item]) === 0) touched(call, to, 0);
  return yes;
}

export const sets: Family = {
  ...setAlgebra,
  sadd: (call) => integer(addMembers(call, argument(call, 1), call.argv.slice(2))),
  srem: (call) => integer(removeMembers(call, argument(call, 1), call.argv.slice(2))),
  scard: (call) => integer(membersOf(call).size),
  sismember: (call) => (membersOf(call).has(argument(call, 2)) ? yes : no),
  smismember: (call) => {
    const members = membersOf(call);
    return array(call.argv.slice(2).map((item) => (members.has(item) ? yes : no)));
  },
  smembers: (call) => {
    const set = setOf(call, argument(call, 1));
    return setReply(set === undefined ? [] : inOrder(call, set).map(bulk), call.client.resp);
  },
  srandmember: random,
  spop: pop,
  smove: move,
  sscan: (call) =>
    scanPage(call, () => {
      const set = setOf(call, argument(call, 1));
      if (set === undefined) return undefined;
      const whole = setForm(call, set) === 'table' ? undefined : inOrder(call, set);
      return { whole, table: set.members, cells: (name) => [name] };
    }),
};

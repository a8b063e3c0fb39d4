import type { ByteString } from '../../model/bytes.ts';
import { bulk, integer, set as setReply } from '../../wire/resp-reply.ts';
import { atLeast } from '../argument-range.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, no, SYNTAX, touched } from '../command.ts';
import { setForm, threshold } from '../encoding.ts';
import { isInteger } from '../integer-form.ts';
import { notify } from '../notify.ts';
import type { SetForm } from '../value.ts';
import { since } from '../version.ts';
import { boundWork } from '../work-bound.ts';
import type { SetValue } from './set-store.ts';
import { addMember, bySize, dropMember, inOrder, inTableOrder, newSet, setOf } from './set-store.ts';

type Operation = 'union' | 'diff' | 'inter';

/** The sets in the order of the keys; undefined for an intersection with a key that is missing. */
function sources(
  call: Call,
  operation: Operation,
  keys: readonly ByteString[],
): (SetValue | undefined)[] | undefined {
  const found = keys.map((key) => setOf(call, key));
  boundWork(stepsOf(operation, found));
  return operation === 'inter' && found.includes(undefined) ? undefined : found;
}

/** How often a member is looked at, at most. */
function stepsOf(operation: Operation, found: readonly (SetValue | undefined)[]): number {
  const sizes = [...new Set(found)].map((one) => one?.members.size ?? 0);
  if (operation === 'inter') return sizes.length * Math.min(...sizes);
  return (
    sizes.reduce((sum, size) => sum + size, 0) + (operation === 'diff' ? sizes.length * (sizes[0] ?? 0) : 0)
  );
}

const there = (sets: readonly (SetValue | undefined)[]): SetValue[] =>
  sets.filter((one) => one !== undefined);

const smallestFirst = (one: SetValue, other: SetValue): number => one.members.size - other.members.size;

/** Members that all have, in the order of the smallest set. */
function* common(call: Call, sets: readonly SetValue[]): Iterable<ByteString> {
  const [least, ...others] = sets.toSorted(smallestFirst);
  if (least === undefined) return;
  const different = [...new Set(others)].filter((other) => other !== least);
  for (const member of inOrder(call, least)) {
    if (different.every(({ members }) => members.has(member))) yield member;
  }
}

/** Fills `into`, whose form tells afterwards what went through it. */
function fill(
  call: Call,
  operation: Operation,
  all: readonly (SetValue | undefined)[],
  into: SetValue,
): void {
  const sets = there(all);
  if (operation === 'union') {
    for (const one of new Set(sets)) for (const member of inOrder(call, one)) addMember(call, into, member);
    return;
  }
  if (operation === 'inter') {
    for (const member of common(call, sets)) addMember(call, into, member);
    return;
  }
  const [first, ...others] = all;
  if (first === undefined) return;
  const rest = [...new Set(there(others))];
  if (rest.includes(first)) return;
  // A real server takes the cheaper of two ways, and the form of the result shows which.
  const lookups = (first.members.size * sets.length) / 2;
  const work = sets.reduce((sum, { members }) => sum + members.size, 0);
  if (Math.trunc(lookups) <= work) {
    for (const member of inOrder(call, first)) {
      if (!rest.some(({ members }) => members.has(member))) addMember(call, into, member);
    }
    return;
  }
  for (const member of inOrder(call, first)) addMember(call, into, member);
  for (const { members } of rest) for (const member of members) dropMember(into, member);
}

const combined =
  (operation: Operation) =>
  (call: Call): ByteString => {
    const all = sources(call, operation, call.argv.slice(1));
    if (all === undefined) return setReply([], call.client.resp);
    return setReply(listed(call, operation, all).map(bulk), call.client.resp);
  };

function listed(call: Call, operation: Operation, all: readonly (SetValue | undefined)[]): ByteString[] {
  const sets = there(all);
  if (operation === 'inter') return [...common(call, sets)];
  const result: SetValue = newSet(call, undefined);
  const plain = sets.some((one) => setForm(call, one) !== 'integers');
  if (plain && operation === 'union') {
    const members = new Set<ByteString>();
    for (const one of new Set(sets)) for (const member of one.members) members.add(member);
    return inTableOrder(call, members);
  }
  if (plain && since(call, 7.2)) result.form = 'table';
  fill(call, operation, all, result);
  return result.form === 'integers'
    ? [...result.members].toSorted(bySize)
    : inTableOrder(call, result.members);
}

const combinedInto =
  (operation: Operation) =>
  (call: Call): ByteString => {
    const key = argument(call, 1);
    const all = sources(call, operation, call.argv.slice(2));
    const result = newSet(call, undefined);
    if (all !== undefined) {
      if (operation === 'inter') result.form = formToBegin(call, there(all));
      fill(call, operation, all, result);
      if (operation === 'inter') backToIntegers(call, result);
    }
    const { size } = result.members;
    const gone = call.db.delete(key, call.now);
    if (size === 0) {
      if (!gone) return no;
      touched(call, key);
      notify(call, 'g', 'del', key);
      return no;
    }
    call.db.set(key, result);
    touched(call, key);
    notify(call, 's', `s${operation}store`, key);
    return integer(size);
  };

/** From 7.2 on an intersection begins in the form of the smallest set. */
function formToBegin(call: Call, sets: readonly SetValue[]): SetForm {
  if (!since(call, 7.2)) return 'integers';
  const [least] = sets.toSorted(smallestFirst);
  return least === undefined ? 'integers' : setForm(call, least);
}

function backToIntegers(call: Call, result: SetValue): void {
  if (!since(call, 7.2) || result.members.size > threshold(call, 'set-max-intset-entries')) return;
  for (const member of result.members) if (!isInteger(member)) return;
  result.form = 'integers';
}

function cardinality(call: Call): ByteString {
  const number = atLeast(argument(call, 1), 1, 'ERR numkeys should be greater than 0');
  if (number > call.argv.length - 2) fail("ERR Number of keys can't be greater than number of args");
  let limit = 0;
  for (let at = 2 + number; at < call.argv.length; at += 2) {
    if (argument(call, at).toLowerCase() !== 'limit' || at + 1 >= call.argv.length) fail(SYNTAX);
    limit = atLeast(argument(call, at + 1), 0, "ERR LIMIT can't be negative");
  }
  const sets = sources(call, 'inter', call.argv.slice(2, 2 + number));
  if (sets === undefined) return no;
  let count = 0;
  for (const _ of common(call, there(sets))) {
    count++;
    if (count === limit) break;
  }
  return integer(count);
}

export const setAlgebra: Family = {
  sinter: combined('inter'),
  sunion: combined('union'),
  sdiff: combined('diff'),
  sinterstore: combinedInto('inter'),
  sunionstore: combinedInto('union'),
  sdiffstore: combinedInto('diff'),
  sintercard: cardinality,
};

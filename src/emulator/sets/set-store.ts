import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import { touched, valueOf } from '../command.ts';
import { setForm, threshold } from '../encoding.ts';
import { isInteger } from '../integer-form.ts';
import { notify } from '../notify.ts';
import type { SetForm, ValueOf } from '../value.ts';
import { memberBytes } from '../value.ts';
import { newScanOrder, orderGains, orderLoses, orderOf } from '../value-order.ts';
import { since } from '../version.ts';

export type SetValue = ValueOf<'set'>;

export function setOf(call: Call, key: ByteString): SetValue | undefined {
  return valueOf(call, key, 'set');
}

/** An empty set in the form that the first of so many members gives it. */
export function newSet(call: Call, first: ByteString | undefined, size = 1): SetValue {
  return { type: 'set', members: new Set(), form: firstForm(call, first, size) };
}

function firstForm(call: Call, first: ByteString | undefined, size: number): SetForm {
  const integers = first === undefined || isInteger(first);
  if (!since(call, 7.2)) return integers ? 'integers' : 'table';
  if (integers && size <= threshold(call, 'set-max-intset-entries')) return 'integers';
  return size <= threshold(call, 'set-max-listpack-entries') ? 'packed' : 'table';
}

/** Adds a member, as the form allows or in another form from then on; true when it is new. */
export function addMember(call: Call, set: SetValue, member: ByteString): boolean {
  const { members } = set;
  if (members.has(member)) return false;
  const form = setForm(call, set);
  const size = members.size + 1;
  if (form === 'integers') {
    if (!isInteger(member)) leaveIntegers(call, set, member);
    else if (size > threshold(call, 'set-max-intset-entries')) set.form = 'table';
  } else if (form === 'packed') set.form = fitsPacked(call, size, member.length) ? 'packed' : 'table';
  const kept = ownedBytes(member);
  members.add(kept);
  orderGains(members, kept);
  return true;
}

function leaveIntegers(call: Call, set: SetValue, member: ByteString): void {
  const longest = Math.max(member.length, ...[...set.members].map(({ length }) => length));
  if (!since(call, 7.2) || !fitsPacked(call, set.members.size + 1, longest)) {
    set.form = 'table';
    return;
  }
  const sorted = inOrder(call, set);
  set.members.clear();
  for (const one of sorted) set.members.add(one);
  set.form = 'packed';
}

function fitsPacked(call: Call, size: number, length: number): boolean {
  return (
    size <= threshold(call, 'set-max-listpack-entries') && length <= threshold(call, 'set-max-listpack-value')
  );
}

/** SADD: returns how many are new. */
export function addMembers(call: Call, key: ByteString, items: readonly ByteString[]): number {
  const there = setOf(call, key);
  const set = there ?? newSet(call, items[0], items.length);
  if (there !== undefined && since(call, 7.2)) expect(call, set, items.length);
  let [count, grown] = [0, 0];
  for (const item of items) {
    if (!addMember(call, set, item)) continue;
    grown += memberBytes([item]);
    count++;
  }
  if (there === undefined) call.db.set(key, set);
  else call.db.changed(key, grown);
  if (count > 0) {
    touched(call, key, count);
    notify(call, 's', 'sadd', key);
  }
  return count;
}

/** So many members at once are not put into a compact form, be they new or not. */
function expect(call: Call, set: SetValue, count: number): void {
  const form = setForm(call, set);
  const most =
    form === 'integers'
      ? threshold(call, 'set-max-intset-entries')
      : threshold(call, 'set-max-listpack-entries');
  if (count > most) set.form = 'table';
}

/** Removes members and tells of it; returns how many were there. */
export function removeMembers(
  call: Call,
  key: ByteString,
  items: readonly ByteString[],
  event = 'srem',
): number {
  const set = setOf(call, key);
  if (set === undefined) return 0;
  setForm(call, set);
  const gone = items.filter((item) => dropMember(set, item));
  if (gone.length === 0) return 0;
  const empty = set.members.size === 0;
  call.db.changed(key, -memberBytes(gone));
  touched(call, key, gone.length);
  notify(call, 's', event, key);
  if (empty) notify(call, 'g', 'del', key);
  return gone.length;
}

export function dropMember({ members }: SetValue, member: ByteString): boolean {
  if (!members.delete(member)) return false;
  orderLoses(members, member);
  return true;
}

/** Members as a real server lists them: integers by size, a packed set as it came, a table by its buckets. */
export function inOrder(call: Call, set: SetValue): ByteString[] {
  switch (setForm(call, set)) {
    case 'integers':
      return [...set.members].toSorted(bySize);
    case 'packed':
      return [...set.members];
    case 'table':
      return orderOf(call.world, set.members).all();
  }
}

/** The order of a table that is made for one answer. */
export function inTableOrder(call: Call, members: Iterable<ByteString>): ByteString[] {
  return newScanOrder(call.world, members).all();
}

/** Integers up to 15 digits are exact as numbers. */
const EXACT = 15;

export function bySize(one: ByteString, other: ByteString): number {
  if (one.length <= EXACT && other.length <= EXACT) return Number(one) - Number(other);
  return BigInt(one) < BigInt(other) ? -1 : 1;
}

import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import { touched, valueOf } from '../command.ts';
import { threshold, zsetForm } from '../encoding.ts';
import { notify } from '../notify.ts';
import type { ScoredRow } from '../scored-members.ts';
import { createScores, dropScores, putScore } from '../scored-members.ts';
import type { ValueOf } from '../value.ts';
import { memberBytes } from '../value.ts';
import { orderGains, orderLoses } from '../value-order.ts';
import { isValkey, since } from '../version.ts';

export type ZsetValue = ValueOf<'zset'>;

export function zsetOf(call: Call, key: ByteString): ZsetValue | undefined {
  return valueOf(call, key, 'zset');
}

/** An empty sorted set for so many members, the longest of which has so many bytes. */
export function newZset(call: Call, size: number, longest: number): ZsetValue {
  const fits =
    size <= threshold(call, 'zset-max-listpack-entries') &&
    threshold(call, 'zset-max-listpack-entries') > 0 &&
    longest <= threshold(call, 'zset-max-listpack-value');
  return { type: 'zset', scores: createScores(), form: fits ? 'packed' : 'table' };
}

/** So many members at once are not put into a compact form, be they new or not. */
export function expectMembers(call: Call, zset: ZsetValue, size: number, longest: number): void {
  if (!since(call, 7.2) || zsetForm(call, zset) === 'table') return;
  const tooLong = isValkey(call) && longest > threshold(call, 'zset-max-listpack-value');
  if (size > threshold(call, 'zset-max-listpack-entries') || tooLong) zset.form = 'table';
}

/** Writes one score; returns the bytes that the set grew by. */
export function put(call: Call, zset: ZsetValue, member: ByteString, score: number): number {
  const { scores } = zset;
  const { byMember } = scores;
  const fresh = !byMember.has(member);
  if (zsetForm(call, zset) === 'packed' && fresh) {
    const full = byMember.size + 1 > threshold(call, 'zset-max-listpack-entries');
    if (full || member.length > threshold(call, 'zset-max-listpack-value')) zset.form = 'table';
  }
  const kept = zset.form === 'packed' ? keptScore(call, score) : score;
  if (!fresh) {
    putScore(scores, member, kept);
    return 0;
  }
  const owned = ownedBytes(member);
  putScore(scores, owned, kept);
  orderGains(byMember, owned);
  return memberBytes([owned]);
}

/** From 7.0 on a listpack keeps whole scores as integers, which have no negative nought. */
const keptScore = (call: Call, score: number): number => (score === 0 && since(call, 7) ? 0 : score);

/** Removes members that are there, and tells of it; returns how many. */
export function removeScores(
  call: Call,
  key: ByteString,
  members: readonly ByteString[],
  event: string,
): number {
  const zset = zsetOf(call, key);
  if (zset === undefined) return 0;
  zsetForm(call, zset);
  const { scores } = zset;
  const gone = dropScores(scores, members);
  if (gone.length === 0) return 0;
  for (const member of gone) orderLoses(scores.byMember, member);
  const empty = scores.byMember.size === 0;
  call.db.changed(key, -memberBytes(gone));
  touched(call, key, gone.length);
  notify(call, 'z', event, key);
  if (empty) notify(call, 'g', 'del', key);
  return gone.length;
}

/** Puts a result in the place of whatever the key held; an empty one removes it. */
export function storeResult(call: Call, key: ByteString, rows: readonly ScoredRow[], event: string): void {
  const gone = call.db.delete(key, call.now);
  if (rows.length === 0) {
    if (!gone) return;
    touched(call, key);
    notify(call, 'g', 'del', key);
    return;
  }
  let longest = 0;
  for (const [member] of rows) longest = Math.max(longest, member.length);
  const { form } = newZset(call, rows.length, longest);
  const kept =
    form === 'packed' ? rows.map(([member, score]) => [member, keptScore(call, score)] as const) : rows;
  call.db.set(key, { type: 'zset', scores: createScores(kept), form: form ?? 'table' });
  touched(call, key);
  notify(call, 'z', event, key);
}

import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { createByteList } from '../byte-list.ts';
import type { Call } from '../command.ts';
import { touched, valueOf } from '../command.ts';
import { exceedsNode, listForm, nodeBounds } from '../encoding.ts';
import { notify } from '../notify.ts';
import { packedBytes, packedListBytes } from '../packed-size.ts';
import type { ValueOf } from '../value.ts';
import { itemBytes } from '../value.ts';
import { since } from '../version.ts';

export type Side = 'left' | 'right';
export type ListValue = ValueOf<'list'>;

export function listOf(call: Call, key: ByteString): ListValue | undefined {
  return valueOf(call, key, 'list');
}

/** Adds items at one end, one after the other; returns the new length. */
export function pushItems(call: Call, key: ByteString, words: readonly ByteString[], side: Side): number {
  const there = listOf(call, key);
  const list = there ?? newList();
  expectItems(call, list, words);
  hasGrown(call, list, words);
  for (const word of words) {
    if (side === 'left') list.items.pushLeft(ownedBytes(word));
    else list.items.pushRight(ownedBytes(word));
  }
  if (there === undefined) call.db.set(key, list);
  else call.db.changed(key, itemBytes(words));
  touched(call, key, words.length);
  notify(call, 'l', side === 'left' ? 'lpush' : 'rpush', key);
  return list.items.length;
}

const newList = (): ListValue => ({
  type: 'list',
  items: createByteList(),
  form: 'packed',
  packed: packedListBytes([]),
});

/** Takes one item from an end, tells of it and of the end of the key. */
export function popItem(call: Call, key: ByteString, side: Side): ByteString | undefined {
  return popItems(call, key, side, 1)[0];
}

/** Takes up to `count` items. */
export function popItems(call: Call, key: ByteString, side: Side, count: number): ByteString[] {
  const list = listOf(call, key);
  if (list === undefined) return [];
  const found: ByteString[] = [];
  while (found.length < count) {
    const item = side === 'left' ? list.items.popLeft() : list.items.popRight();
    if (item === undefined) break;
    found.push(item);
  }
  if (found.length === 0) return found;
  hasShrunk(call, list, found);
  settle(call, key, list, -itemBytes(found), found.length, side === 'left' ? 'lpop' : 'rpop');
  return found;
}

/** Books a change in place, with the bytes that the list grew by. */
export function settle(
  call: Call,
  key: ByteString,
  list: ListValue,
  grown: number,
  count: number,
  event: string,
): void {
  const empty = list.items.length === 0;
  call.db.changed(key, grown);
  touched(call, key, count);
  notify(call, 'l', event, key);
  if (empty) notify(call, 'g', 'del', key);
}

/** Before items are added, or are not after all: one listpack becomes nodes when, as texts, they might not fit. */
export function expectItems(call: Call, list: ListValue, words: readonly ByteString[]): void {
  if (!since(call, 7.2) || listForm(call, list) === 'nodes') return;
  let length = list.packed ?? 0;
  for (const word of words) length += word.length;
  if (exceedsNode(call, length, list.items.length + words.length)) list.form = 'nodes';
}

/** Books items that were added. */
export function hasGrown(call: Call, list: ListValue, words: readonly ByteString[]): void {
  if (!since(call, 7.2)) return;
  let packed = list.packed ?? packedListBytes([]);
  for (const word of words) packed += packedBytes(word);
  list.packed = packed;
}

/** After items were removed: nodes become one listpack again when half of one would do. */
export function hasShrunk(call: Call, list: ListValue, gone: readonly ByteString[]): void {
  if (!since(call, 7.2)) return;
  if (list.packed === undefined) list.packed = packedListBytes(list.items.slice());
  else for (const item of gone) list.packed -= packedBytes(item);
  if (list.form === 'packed') return;
  const bounds = nodeBounds(call);
  const fits = list.packed <= bounds.bytes / 2 && list.items.length <= Math.trunc(bounds.items / 2);
  list.form = fits ? 'packed' : 'nodes';
}

import type { ByteString } from '../../model/bytes.ts';
import type { StreamEntry } from '../streams/entry.ts';
import { entryBytes } from '../streams/entry.ts';
import type { StreamId } from '../streams/id.ts';
import { idParts, streamId } from '../streams/id.ts';
import { wholeSize } from '../streams/listpack-size.ts';
import type { StreamNode } from '../streams/node.ts';
import type { Budget } from './budget.ts';
import { ITEM_COST } from './budget.ts';
import { integerOf } from './integer-text.ts';
import { unpackList } from './listpack.ts';
import { Malformed } from './malformed.ts';

export const FLAGS = { deleted: 1n, sameFields: 2n } as const;

/**
 * One listpack: how many entries are there and were deleted, the fields that most entries have, a 0; then for each
 * entry its flags, how far its id is from the node's, its fields unless they are those of the node, its values, and
 * how many items that was.
 */
export function readStreamNode(first: StreamId, bytes: Buffer, budget: Budget): StreamNode {
  const items = unpackList(bytes, budget);
  let at = 0;
  const text = (): ByteString => {
    const item = items[at++];
    if (item === undefined) throw new Malformed('a stream node that ends too soon');
    return item;
  };
  const whole = (): bigint => {
    const value = integerOf(text());
    if (value === undefined) throw new Malformed('a stream node without number');
    return value;
  };
  const count = (): number => {
    const value = whole();
    if (value < 0n || value > BigInt(items.length)) throw new Malformed('a stream node that counts wrong');
    return Number(value);
  };
  const [live, deleted] = [count(), count()];
  const names = Array.from({ length: count() }, text);
  whole();
  const base = idParts(first);
  const entries: StreamEntry[] = [];
  let lastId = first;
  for (let left = live + deleted; left > 0; left--) {
    const flags = whole();
    const ms = BigInt.asUintN(64, base.ms + whole());
    const id = streamId(ms, BigInt.asUintN(64, base.seq + whole()));
    const same = (flags & FLAGS.sameFields) !== 0n;
    const length = same ? names.length : count();
    const fields = same ? names : Array.from<ByteString>({ length });
    const values: ByteString[] = [];
    for (let index = 0; index < length; index++) {
      if (!same) fields[index] = text();
      values.push(text());
    }
    whole();
    if (id < lastId || (id === lastId && entries.length > 0)) throw new Malformed('a stream out of order');
    lastId = id;
    if ((flags & FLAGS.deleted) !== 0n) continue;
    const entry = { id, fields, values };
    budget.spend(entryBytes(entry, same) + ITEM_COST * length);
    entries.push(entry);
  }
  if (entries.length !== live || at !== items.length) throw new Malformed('a stream node that counts wrong');
  const counters = wholeSize(BigInt(live)) + wholeSize(BigInt(deleted));
  return { id: first, lastId, fields: names, entries, deleted, bytes: bytes.length - counters };
}

import type { ByteString } from '../model/bytes.ts';
import type { ByteList } from './byte-list.ts';
import type { ScoredMembers } from './scored-members.ts';
import type { Stream } from './streams/stream.ts';
import { streamBytes } from './streams/stream.ts';
import { lengthOf } from './strings/long-string.ts';
import type { VectorSet } from './vectors/vector-set.ts';
import { vectorSetBytes } from './vectors/vector-set.ts';

export type { ScoredMembers } from './scored-members.ts';

/**
 * What a key can hold. `form` is how a real server would keep a collection: it depends on what went before, so writers
 * settle it; undefined when nobody has yet, and then it goes by the content (encoding.ts).
 */
export type Value =
  /**
   * `pieces` after a change in place: how many have been joined since the text was last copied into one. `digits`: a sum
   * of fractions, which is not kept as a number even when it is whole.
   */
  | { readonly type: 'string'; readonly text: ByteString; readonly pieces?: number; readonly digits?: true }
  /** `packed`: bytes it takes in the form of one listpack. */
  | { readonly type: 'list'; readonly items: ByteList; form?: 'packed' | 'nodes'; packed?: number }
  /**
   * `expiries`: fields with a time to live (from 7.4 on), milliseconds since 1970 UTC. `timed`: packed with such times.
   */
  | {
      readonly type: 'hash';
      readonly fields: Map<ByteString, ByteString>;
      expiries?: Map<ByteString, number>;
      form?: 'packed' | 'timed' | 'table';
    }
  | { readonly type: 'set'; readonly members: Set<ByteString>; form?: SetForm }
  | { readonly type: 'zset'; readonly scores: ScoredMembers; form?: 'packed' | 'table' }
  | { readonly type: 'stream'; readonly stream: Stream }
  | { readonly type: 'vectorset'; readonly set: VectorSet };
export type SetForm = 'integers' | 'packed' | 'table';
export type ValueType = Value['type'];
export type ValueOf<T extends ValueType> = Extract<Value, { type: T }>;

/** What an item of a list, and what a field, value or member of a hash table costs beside its bytes. */
const ITEM_OVERHEAD = 16;
const MEMBER_OVERHEAD = 48;

/** What a key with such a value costs this process beside what a real server would say it takes, measured. */
export const BURDEN: Readonly<Record<ValueType, number>> = {
  string: 150,
  list: 2_400,
  hash: 350,
  set: 350,
  zset: 500,
  stream: 1_000,
  vectorset: 1_000,
};

export function isEmpty(value: Value): boolean {
  switch (value.type) {
    case 'string':
      return false;
    case 'list':
      return value.items.length === 0;
    case 'hash':
      return value.fields.size === 0;
    case 'set':
      return value.members.size === 0;
    case 'zset':
      return value.scores.byMember.size === 0;
    case 'stream':
      return false;
    case 'vectorset':
      return value.set.elements.size === 0;
  }
}

export function sizeOf(value: Value): number {
  switch (value.type) {
    case 'string':
      return lengthOf(value);
    case 'list':
      return itemBytes(value.items.slice());
    case 'hash':
      return memberBytes(value.fields.keys()) + memberBytes(value.fields.values());
    case 'set':
      return memberBytes(value.members);
    case 'zset':
      return memberBytes(value.scores.byMember.keys());
    case 'stream':
      return streamBytes(value.stream);
    case 'vectorset':
      return vectorSetBytes(value.set);
  }
}

/** What items of a list cost. */
export function itemBytes(items: Iterable<ByteString>): number {
  return costOf(items, ITEM_OVERHEAD);
}

/** What fields, values or members cost. */
export function memberBytes(items: Iterable<ByteString>): number {
  return costOf(items, MEMBER_OVERHEAD);
}

function costOf(items: Iterable<ByteString>, overhead: number): number {
  let total = 0;
  for (const item of items) total += item.length + overhead;
  return total;
}

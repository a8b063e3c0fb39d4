import type { ByteString } from '../model/bytes.ts';
import type { ByteList } from './byte-list.ts';

/** What a key can hold. */
export type Value =
  /** `pieces` after a change in place: how many have been joined since the text was last copied into one. */
  | { readonly type: 'string'; readonly text: ByteString; readonly pieces?: number }
  | { readonly type: 'list'; readonly items: ByteList }
  | { readonly type: 'hash'; readonly fields: Map<ByteString, ByteString> }
  | { readonly type: 'set'; readonly members: Set<ByteString> }
  | { readonly type: 'zset'; readonly scores: ScoredMembers };
export type ValueType = Value['type'];
export type ValueOf<T extends ValueType> = Extract<Value, { type: T }>;

export interface ScoredMembers {
  readonly byMember: Map<ByteString, number>;
  /** By score, then by member; undefined after a change, until somebody asks for it. */
  sorted: readonly (readonly [member: ByteString, score: number])[] | undefined;
}

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
  }
}

export function sizeOf(value: Value): number {
  switch (value.type) {
    case 'string':
      return value.text.length;
    case 'list':
      return itemBytes(value.items.slice());
    case 'hash':
      return memberBytes(value.fields.keys()) + memberBytes(value.fields.values());
    case 'set':
      return memberBytes(value.members);
    case 'zset':
      return memberBytes(value.scores.byMember.keys());
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

const SMALL_HASH = 512;
const SMALL_SET = 512;
const SMALL_ZSET = 128;
const SHORT = 64;

/** OBJECT ENCODING as 6.0 with its default thresholds answers it. */
export function encodingOf(value: Value): string {
  switch (value.type) {
    case 'string':
      if (value.pieces === undefined && isInteger(value.text)) return 'int';
      return value.text.length <= 44 && value.pieces === undefined ? 'embstr' : 'raw';
    case 'list':
      return 'quicklist';
    case 'hash':
      return value.fields.size <= SMALL_HASH && [...value.fields].flat().every(isShort)
        ? 'ziplist'
        : 'hashtable';
    case 'set':
      return value.members.size <= SMALL_SET && [...value.members].every(isInteger) ? 'intset' : 'hashtable';
    case 'zset': {
      const { byMember } = value.scores;
      return byMember.size <= SMALL_ZSET && [...byMember.keys()].every(isShort) ? 'ziplist' : 'skiplist';
    }
  }
}

const isShort = (text: ByteString): boolean => text.length <= SHORT;

/** A 64-bit integer in the form Redis itself would print. */
function isInteger(text: ByteString): boolean {
  if (text.length > 20 || !/^(0|-?[1-9]\d*)$/.test(text)) return false;
  return text.length < 19 || (BigInt(text) <= 9223372036854775807n && BigInt(text) >= -9223372036854775808n);
}

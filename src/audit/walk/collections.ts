import type { RedisValue } from '../../model/act.ts';
import type { ByteString } from '../../model/bytes.ts';
import type { Reply } from '../../wire/reply.ts';
import { itemsOf, textOf, textsOf } from '../ask/reply-values.ts';

export type CollectionKind = 'list' | 'set' | 'hash' | 'zset' | 'stream';

/** One value inside a key. */
interface Element {
  readonly field?: ByteString;
  /** Its beginning, when it is longer than is read. */
  readonly value: ByteString;
  readonly whole: boolean;
}

interface Collection {
  readonly length: string;
  /** The command that reads the first few elements. */
  readonly head: (key: ByteString) => readonly ByteString[];
  /** The command that reads the last ones, where there is an order and `size` is beyond `ENDS`. */
  readonly tail?: (key: ByteString, size: number) => readonly ByteString[];
  readonly elements: (reply: Reply) => readonly Element[];
}

const MOST_ELEMENTS = 64;
/** Elements read from either end. */
export const ENDS = 10;
/** Elements that are asked for of one key at most: both ends, or the fields of HSCAN COUNT 20. */
export const MOST_ELEMENTS_ASKED = 2 * ENDS;
/** Bytes of one element, and of all that is read of one key: the server decides what it sends, we what we look at. */
export const LONGEST_ELEMENT = 65_536;
const MOST_BYTES = 262_144;

/** How each type is measured and how its beginning is read; never whole. */
export const COLLECTIONS: Readonly<Record<CollectionKind, Collection>> = {
  list: {
    length: 'LLEN',
    head: (key) => ['LRANGE', key, '0', String(ENDS - 1)],
    tail: (key, size) => ['LRANGE', key, String(-Math.min(ENDS, size - ENDS)), '-1'],
    elements: (reply) => plain(textsOf(reply)),
  },
  set: {
    length: 'SCARD',
    head: (key) => ['SSCAN', key, '0', 'COUNT', '10'],
    elements: (reply) => plain(textsOf(itemsOf(reply)?.[1])),
  },
  hash: {
    length: 'HLEN',
    head: (key) => ['HSCAN', key, '0', 'COUNT', '20'],
    elements: (reply) => pairs(textsOf(itemsOf(reply)?.[1])),
  },
  zset: {
    length: 'ZCARD',
    head: (key) => ['ZRANGE', key, '0', String(ENDS - 1)],
    tail: (key, size) => ['ZRANGE', key, String(-Math.min(ENDS, size - ENDS)), '-1'],
    elements: (reply) => plain(textsOf(reply)),
  },
  stream: {
    length: 'XLEN',
    head: (key) => ['XRANGE', key, '-', '+', 'COUNT', '5'],
    elements: (reply) => (itemsOf(reply) ?? []).flatMap((entry) => pairs(textsOf(itemsOf(entry)?.[1]))),
  },
};

function collectionKind(type: ByteString | undefined): CollectionKind | undefined {
  return type !== undefined && Object.hasOwn(COLLECTIONS, type) ? (type as CollectionKind) : undefined;
}

/** What TYPE answered, as an act names it. */
export function valueKind(reply: Reply | undefined): RedisValue['kind'] | 'none' {
  const type = textOf(reply);
  if (type === 'none' || type === undefined) return 'none';
  return type === 'string' ? 'string' : (collectionKind(type) ?? 'other');
}

function plain(texts: readonly ByteString[] | undefined): Element[] {
  return bounded((texts ?? []).slice(0, MOST_ELEMENTS).map((value) => ({ value })));
}

function pairs(texts: readonly ByteString[] | undefined): Element[] {
  const found: { field: ByteString; value: ByteString }[] = [];
  for (let at = 0; at + 1 < (texts?.length ?? 0) && found.length < MOST_ELEMENTS; at += 2) {
    found.push({ field: texts?.[at] ?? '', value: texts?.[at + 1] ?? '' });
  }
  return bounded(found);
}

function bounded(parts: readonly { field?: ByteString; value: ByteString }[]): Element[] {
  let left = MOST_BYTES;
  return parts.flatMap((part) => {
    const value = part.value.slice(0, Math.min(LONGEST_ELEMENT, left));
    left -= value.length;
    return left <= 0 && value === '' ? [] : [{ ...part, value, whole: value.length === part.value.length }];
  });
}

import type { ByteString } from '../model/bytes.ts';
import { isInteger } from './integer-form.ts';
import { packedListBytes } from './packed-size.ts';
import type { Value, ValueOf } from './value.ts';
import { isValkey, since } from './version.ts';
import type { World } from './world.ts';

interface At {
  readonly world: World;
}

export type Threshold =
  | 'hash-max-listpack-entries'
  | 'hash-max-listpack-value'
  | 'set-max-intset-entries'
  | 'set-max-listpack-entries'
  | 'set-max-listpack-value'
  | 'zset-max-listpack-entries'
  | 'zset-max-listpack-value'
  | 'list-max-listpack-size';

/** A limit of a compact form by its name of 7.0, which renamed most of them. */
export function threshold({ world }: At, name: Threshold): number {
  const renamed = since({ world }, 7) ? name : name.replace('listpack', 'ziplist');
  return Number(world.config.get(renamed) ?? world.config.get(name));
}

/** OBJECT ENCODING. `key` and `expires` count in Valkey, where a short string lies in one piece with them. */
export function objectEncoding(at: At, value: Value, key: ByteString, expires: number | undefined): string {
  switch (value.type) {
    case 'string':
      return stringEncoding(at, value, key, expires);
    case 'list':
      return listForm(at, value) === 'packed' ? 'listpack' : 'quicklist';
    case 'hash': {
      const form = hashForm(at, value);
      return form === 'table' ? 'hashtable' : form === 'timed' ? 'listpackex' : packedName(at);
    }
    case 'set': {
      const form = setForm(at, value);
      return form === 'integers' ? 'intset' : form === 'packed' ? 'listpack' : 'hashtable';
    }
    case 'zset':
      return zsetForm(at, value) === 'packed' ? packedName(at) : 'skiplist';
    case 'stream':
      return 'stream';
    case 'vectorset':
      return 'raw';
  }
}

const packedName = (at: At): string => (since(at, 7) ? 'listpack' : 'ziplist');

/** Longest text in one piece with its header; in Valkey 8.1 together with its key (measured). */
const EMBEDDED = 44;
const EMBEDDED_WITH_KEY = 41;
const TIME_BYTES = 8;
/** A longer key has a longer header. */
const LONG_KEY = 31;

function stringEncoding(
  at: At,
  { text, pieces, digits }: ValueOf<'string'>,
  key: ByteString,
  expires: number | undefined,
): string {
  if (pieces !== undefined) return 'raw';
  if (digits !== true && isInteger(text)) return 'int';
  const most = isValkey(at)
    ? EMBEDDED_WITH_KEY -
      key.length -
      (key.length > LONG_KEY ? 1 : 0) -
      (expires === undefined ? 0 : TIME_BYTES)
    : EMBEDDED;
  return text.length <= most ? 'embstr' : 'raw';
}

/** The form of a list; up to 7.0 all are made of nodes. */
export function listForm(at: At, list: ValueOf<'list'>): 'packed' | 'nodes' {
  if (!since(at, 7.2)) return 'nodes';
  if (list.form === undefined) {
    const items = list.items.slice();
    list.packed = packedListBytes(items);
    list.form = exceedsNode(at, list.packed, items.length) ? 'nodes' : 'packed';
  }
  return list.form;
}

/** A node of a list takes at most this many bytes where it is its length that is bound. */
const SAFE_NODE_BYTES = 8_192;

/** The bounds of one node of a list, by `list-max-listpack-size`. */
export function nodeBounds(at: At): { readonly bytes: number; readonly items: number } {
  const fill = threshold(at, 'list-max-listpack-size');
  if (fill >= 0) return { bytes: Infinity, items: Math.max(1, fill) };
  return { bytes: 2_048 * 2 ** Math.min(5, -fill), items: Infinity };
}

export function exceedsNode(at: At, bytes: number, items: number): boolean {
  const bounds = nodeBounds(at);
  if (bounds.bytes !== Infinity) return bytes > bounds.bytes;
  return bytes > SAFE_NODE_BYTES || items > bounds.items;
}

export function hashForm(at: At, hash: ValueOf<'hash'>): 'packed' | 'timed' | 'table' {
  hash.form ??= fits(hash.fields.size, longest(hash.fields), {
    entries: threshold(at, 'hash-max-listpack-entries'),
    length: threshold(at, 'hash-max-listpack-value'),
  })
    ? hash.expiries === undefined
      ? 'packed'
      : 'timed'
    : 'table';
  return hash.form;
}

export function setForm(at: At, set: ValueOf<'set'>): 'integers' | 'packed' | 'table' {
  set.form ??= formOfMembers(at, set.members);
  return set.form;
}

function formOfMembers(at: At, members: ReadonlySet<ByteString>): 'integers' | 'packed' | 'table' {
  if (members.size <= threshold(at, 'set-max-intset-entries') && every(members, isInteger)) return 'integers';
  if (!since(at, 7.2)) return 'table';
  const limits = {
    entries: threshold(at, 'set-max-listpack-entries'),
    length: threshold(at, 'set-max-listpack-value'),
  };
  return fits(members.size, [members], limits) ? 'packed' : 'table';
}

export function zsetForm(at: At, zset: ValueOf<'zset'>): 'packed' | 'table' {
  const { byMember } = zset.scores;
  zset.form ??= fits(byMember.size, [byMember.keys()], {
    entries: threshold(at, 'zset-max-listpack-entries'),
    length: threshold(at, 'zset-max-listpack-value'),
  })
    ? 'packed'
    : 'table';
  return zset.form;
}

function* longest(fields: ReadonlyMap<ByteString, ByteString>): Iterable<Iterable<ByteString>> {
  yield fields.keys();
  yield fields.values();
}

function fits(
  size: number,
  texts: Iterable<Iterable<ByteString>>,
  limits: { readonly entries: number; readonly length: number },
): boolean {
  if (size > limits.entries) return false;
  for (const some of texts) if (!every(some, (text) => text.length <= limits.length)) return false;
  return true;
}

function every(texts: Iterable<ByteString>, holds: (text: ByteString) => boolean): boolean {
  for (const text of texts) if (!holds(text)) return false;
  return true;
}

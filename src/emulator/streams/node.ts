import type { ByteString } from '../../model/bytes.ts';
import type { StreamEntry } from './entry.ts';
import type { StreamId } from './id.ts';
import { idParts } from './id.ts';
import { itemSize, LISTPACK_EMPTY, wholeSize } from './listpack-size.ts';

/** Entries that a real server keeps in one listpack: what approximate trimming removes as a whole. */
export interface StreamNode {
  /** The id of its first entry, even when that is deleted. */
  readonly id: StreamId;
  /** The id of its last entry, even when that is deleted. */
  lastId: StreamId;
  /** The field names of its first entry; entries with the same names share them. */
  readonly fields: readonly ByteString[];
  /** Those that are not deleted, in order. */
  readonly entries: StreamEntry[];
  /** How many are deleted; a listpack keeps them. */
  deleted: number;
  /** Of the listpack, without its two counters. */
  bytes: number;
}

/** `stream-node-max-entries` and `stream-node-max-bytes`. */
export interface NodeLimits {
  readonly entries: number;
  readonly bytes: number;
  /** Deleted entries count too (6.2 and later). */
  readonly deletedCount: boolean;
}

/** Whatever a visitor sets: inside of a node, work grows with its entries. */
const MOST_ENTRIES = 10_000;
const MOST_BYTES = 1_073_741_824;

export function createNode(id: StreamId, fields: readonly ByteString[]): StreamNode {
  const names = fields.reduce((total, field) => total + itemSize(field), 0);
  const bytes = LISTPACK_EMPTY + wholeSize(BigInt(fields.length)) + names + wholeSize(0n);
  return { id, lastId: id, fields, entries: [], deleted: 0, bytes };
}

/** True when an entry with these many bytes of names and values goes into a node of its own. */
export function isFull(node: StreamNode, bytes: number, limits: NodeLimits): boolean {
  const count = node.entries.length + (limits.deletedCount ? node.deleted : 0);
  const held = node.bytes + wholeSize(BigInt(node.entries.length)) + wholeSize(BigInt(node.deleted));
  const mostBytes = limits.bytes <= 0 ? MOST_BYTES : Math.min(limits.bytes, MOST_BYTES);
  const mostEntries = limits.entries <= 0 ? MOST_ENTRIES : Math.min(limits.entries, MOST_ENTRIES);
  return held + bytes >= mostBytes || count >= mostEntries;
}

/** What the listpack grows by with an entry. */
export function packedSize(node: StreamNode, entry: StreamEntry): number {
  const [first, own] = [idParts(node.id), idParts(entry.id)];
  const count = entry.fields.length;
  const same = entry.fields === node.fields;
  let size = wholeSize(0n);
  size += wholeSize(BigInt.asIntN(64, own.ms - first.ms)) + wholeSize(BigInt.asIntN(64, own.seq - first.seq));
  if (!same) {
    size += wholeSize(BigInt(count));
    for (const field of entry.fields) size += itemSize(field);
  }
  for (const value of entry.values) size += itemSize(value);
  return size + wholeSize(BigInt(same ? count + 3 : 2 * count + 4));
}

export function sameFields(node: StreamNode, fields: readonly ByteString[]): boolean {
  return node.fields.length === fields.length && node.fields.every((field, at) => field === fields[at]);
}

import type { ByteString } from '../../model/bytes.ts';
import type { StreamId } from './id.ts';

export interface StreamEntry {
  readonly id: StreamId;
  /** Shared by the entries of a node that have the same. */
  readonly fields: readonly ByteString[];
  /** One a field. */
  readonly values: readonly ByteString[];
}

/** What an entry and a string in it cost beside their bytes. */
const ENTRY_OVERHEAD = 80;
const ITEM_OVERHEAD = 24;

/** What an entry costs; `shares` when its field names are those of its node. */
export function entryBytes({ fields, values }: StreamEntry, shares: boolean): number {
  let total = ENTRY_OVERHEAD;
  for (const value of values) total += value.length + ITEM_OVERHEAD;
  if (!shares) for (const field of fields) total += field.length + ITEM_OVERHEAD;
  return total;
}

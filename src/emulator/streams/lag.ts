import type { Call } from '../command.ts';
import { isValkey, since } from '../version.ts';
import type { StreamId } from './id.ts';
import { ZERO_ID } from './id.ts';
import type { ConsumerGroup, Stream } from './stream.ts';

/** True when an entry from `start` on may have been deleted from between others: what a stream remembers is the greatest. */
function hasGaps(call: Call, { entries, maxDeleted }: Stream, start: StreamId): boolean {
  const { first } = entries;
  if (first === undefined || maxDeleted === ZERO_ID || start > maxDeleted) return false;
  // Valkey does not see that what was deleted lies before all that is left.
  return isValkey(call) || first.id <= maxDeleted;
}

/** How many entries were ever added up to an id; undefined when that cannot be known. */
export function countUpTo(call: Call, stream: Stream, id: StreamId): bigint | undefined {
  const { added, entries, lastId, maxDeleted } = stream;
  if (added === 0n) return 0n;
  if (entries.length === 0 && id <= lastId) return added;
  // What was a real id once and lies before the last deletion cannot be placed.
  if (since(call, 7.2) && id !== ZERO_ID && id < maxDeleted) return undefined;
  if (id === lastId) return added;
  if (id > lastId) return undefined;
  const first = entries.first?.id ?? ZERO_ID;
  const length = BigInt(entries.length);
  if (maxDeleted !== ZERO_ID && maxDeleted >= first) return undefined;
  if (id < first) return added - length;
  return id === first ? added - length + 1n : undefined;
}

/** The group's count of read entries after it has read this one. */
export function advanced(call: Call, stream: Stream, group: ConsumerGroup, id: StreamId): bigint | undefined {
  const { lastDelivered, entriesRead } = group;
  const whole = since(call, 7.2)
    ? lastDelivered >= (stream.entries.first?.id ?? ZERO_ID) && !hasGaps(call, stream, lastDelivered)
    : !hasGaps(call, stream, id);
  if (entriesRead !== undefined && whole) return entriesRead + 1n;
  return stream.added === 0n ? group.entriesRead : countUpTo(call, stream, id);
}

/** Entries that a group has still to read; undefined when that cannot be known (7.0 and later). */
export function lagOf(call: Call, stream: Stream, group: ConsumerGroup): bigint | undefined {
  const { added, entries, maxDeleted } = stream;
  if (added === 0n) return 0n;
  if (since(call, 8) && !isValkey(call)) {
    const first = entries.first?.id ?? ZERO_ID;
    if (entries.length === 0) return 0n;
    if (group.lastDelivered < first && maxDeleted < first) return BigInt(entries.length);
  }
  if (group.entriesRead !== undefined && !hasGaps(call, stream, group.lastDelivered))
    return added - group.entriesRead;
  const read = countUpTo(call, stream, group.lastDelivered);
  return read === undefined ? undefined : added - read;
}

import type { ByteString } from '../../model/bytes.ts';
import type { StreamEntries } from './entries.ts';
import { createStreamEntries } from './entries.ts';
import type { StreamId } from './id.ts';
import { ZERO_ID } from './id.ts';
import type { OrderedMap } from './ordered-map.ts';
import { createOrderedMap } from './ordered-map.ts';

export { ZERO_ID } from './id.ts';

/** A message that was delivered to a consumer and not yet acknowledged. */
export interface PendingEntry {
  consumer: Consumer;
  /** Milliseconds since 1970 UTC of the last delivery. */
  deliveredAt: number;
  deliveries: number;
}

export interface Consumer {
  readonly name: ByteString;
  /** Milliseconds since 1970 UTC. */
  seenAt: number;
  /** The last time it got something; undefined when never (7.2 and later tell it apart from `seenAt`). */
  activeAt: number | undefined;
  /** By `StreamId`; the same objects that the group has. */
  readonly pending: OrderedMap<PendingEntry>;
}

export interface ConsumerGroup {
  readonly name: ByteString;
  lastDelivered: StreamId;
  /** Entries read so far; undefined when it cannot be known (7.0 and later). */
  entriesRead: bigint | undefined;
  /** By `StreamId`. */
  readonly pending: OrderedMap<PendingEntry>;
  /** By name. */
  readonly consumers: OrderedMap<Consumer>;
}

export interface Stream {
  readonly entries: StreamEntries;
  lastId: StreamId;
  /** The greatest id that was deleted (7.0 and later). */
  maxDeleted: StreamId;
  /** Entries ever added (7.0 and later). */
  added: bigint;
  /** By name. */
  readonly groups: OrderedMap<ConsumerGroup>;
}

export function createStream(entries = createStreamEntries()): Stream {
  return { entries, lastId: ZERO_ID, maxDeleted: ZERO_ID, added: 0n, groups: createOrderedMap() };
}

export function createGroup(
  name: ByteString,
  lastDelivered: StreamId,
  entriesRead: bigint | undefined,
): ConsumerGroup {
  return { name, lastDelivered, entriesRead, pending: createOrderedMap(), consumers: createOrderedMap() };
}

export function createConsumer(name: ByteString, seenAt: number, activeAt?: number): Consumer {
  return { name, seenAt, activeAt, pending: createOrderedMap() };
}

/** What groups, consumers and pending entries cost beside their names, bytes. */
export const GROUP_BYTES = 400;
export const CONSUMER_BYTES = 250;
export const PENDING_BYTES = 150;

export function groupBytes(group: ConsumerGroup): number {
  let total = GROUP_BYTES + group.name.length + PENDING_BYTES * group.pending.size;
  for (const consumer of group.consumers.values()) total += CONSUMER_BYTES + consumer.name.length;
  return total;
}

export function streamBytes(stream: Stream): number {
  let total = 200 + stream.entries.bytes;
  for (const group of stream.groups.values()) total += groupBytes(group);
  return total;
}

/** A stream of its own with the same content. */
export function copyOfStream(stream: Stream): Stream {
  const copy = { ...stream, entries: stream.entries.copy(), groups: createOrderedMap<ConsumerGroup>() };
  for (const group of stream.groups.values()) copy.groups.set(group.name, copyOfGroup(group));
  return copy;
}

function copyOfGroup(group: ConsumerGroup): ConsumerGroup {
  const copy = createGroup(group.name, group.lastDelivered, group.entriesRead);
  for (const { name, seenAt, activeAt } of group.consumers.values()) {
    copy.consumers.set(name, createConsumer(name, seenAt, activeAt));
  }
  for (const [id, entry] of group.pending) {
    const consumer = copy.consumers.get(entry.consumer.name) ?? entry.consumer;
    const own = { ...entry, consumer };
    copy.pending.set(id, own);
    consumer.pending.set(id, own);
  }
  return copy;
}

import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import { notify } from '../notify.ts';
import { boundedArray } from '../reply-bound.ts';
import { since } from '../version.ts';
import type { StreamEntry } from './entry.ts';
import { entryReply, goneReply } from './entry-reply.ts';
import type { StreamId } from './id.ts';
import { LAST_ID } from './id.ts';
import { advanced } from './lag.ts';
import { counted } from './of-key.ts';
import type { Consumer, ConsumerGroup, PendingEntry, Stream } from './stream.ts';
import { CONSUMER_BYTES, createConsumer, PENDING_BYTES } from './stream.ts';

/** The consumer of this name, made when there is none; it counts as seen now. */
export function consumerFor(call: Call, key: ByteString, group: ConsumerGroup, name: ByteString): Consumer {
  const found = group.consumers.get(name);
  if (found !== undefined) {
    found.seenAt = call.now;
    return found;
  }
  return makeConsumer(call, key, group, name);
}

export function makeConsumer(call: Call, key: ByteString, group: ConsumerGroup, name: ByteString): Consumer {
  const consumer = createConsumer(ownedBytes(name), call.now);
  group.consumers.set(consumer.name, consumer);
  call.db.changed(key, CONSUMER_BYTES + name.length);
  counted(call);
  if (since(call, 7)) notify(call, 't', 'xgroup-createconsumer', key);
  return consumer;
}

/** An entry becomes pending for a consumer, whoever had it before. */
function assign(call: Call, group: ConsumerGroup, consumer: Consumer, id: StreamId): number {
  const old = group.pending.get(id);
  const entry: PendingEntry = old ?? { consumer, deliveredAt: call.now, deliveries: 1 };
  if (old === undefined) group.pending.set(id, entry);
  else {
    old.consumer.pending.delete(id);
    Object.assign(old, { consumer, deliveredAt: call.now, deliveries: 1 });
  }
  consumer.pending.set(id, entry);
  return old === undefined ? PENDING_BYTES : 0;
}

/** New entries for a consumer of a group: its position moves on, and unless `noAck` they are pending from now on. */
export function deliverNew(
  call: Call,
  key: ByteString,
  { stream, group, consumer }: { stream: Stream; group: ConsumerGroup; consumer: Consumer },
  entries: readonly StreamEntry[],
  noAck: boolean,
): ByteString {
  let grown = 0;
  for (const { id } of entries) {
    if (id > group.lastDelivered) {
      group.entriesRead = advanced(call, stream, group, id);
      group.lastDelivered = id;
    }
    if (!noAck) grown += assign(call, group, consumer, id);
  }
  if (entries.length > 0 && !noAck) consumer.activeAt = call.now;
  if (grown > 0) call.db.changed(key, grown);
  return boundedArray(entries, entryReply);
}

/** What a consumer has got and not acknowledged, from an id on. */
export function deliverAgain(
  call: Call,
  stream: Stream,
  consumer: Consumer,
  from: StreamId,
  count: number,
): ByteString {
  const found: [StreamId, PendingEntry][] = [];
  for (const [id, entry] of consumer.pending.from(from)) {
    if (found.length >= count || id > LAST_ID) break;
    found.push([id, entry]);
  }
  return boundedArray(found, ([id, pending]) => {
    const entry = stream.entries.get(id);
    if (entry === undefined) return goneReply(call, id);
    pending.deliveredAt = call.now;
    pending.deliveries++;
    return entryReply(entry);
  });
}

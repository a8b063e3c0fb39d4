import type { ByteString } from '../../model/bytes.ts';
import { TYPE } from '../../redis/rdb-types.ts';
import type { StreamId } from '../streams/id.ts';
import { streamId } from '../streams/id.ts';
import type { Consumer, ConsumerGroup } from '../streams/stream.ts';
import {
  CONSUMER_BYTES,
  createConsumer,
  createGroup,
  GROUP_BYTES,
  PENDING_BYTES,
} from '../streams/stream.ts';
import type { Budget } from './budget.ts';
import type { ByteReader } from './byte-reader.ts';
import { readCount, readLength, readWide } from './lengths.ts';
import { Malformed } from './malformed.ts';
import { readString } from './strings.ts';

const ID_BYTES = 16;
/** An id, a time and a length. */
const LEAST_PENDING = 25;

/** A consumer group: what it has delivered, what waits to be acknowledged, and by which consumer. */
export function readGroup(type: number, reader: ByteReader, budget: Budget): ConsumerGroup {
  const name = readString(reader, budget);
  budget.spend(GROUP_BYTES);
  const lastDelivered = streamId(readWide(reader), readWide(reader));
  const read = type === TYPE.stream ? -1n : BigInt.asIntN(64, readWide(reader));
  const group = createGroup(name, lastDelivered, read < 0n ? undefined : read);
  const waiting = readPending(reader, budget);
  for (let left = readCount(reader, budget); left > 0; left--) {
    const consumer = readConsumer(type, reader, budget);
    if (group.consumers.has(consumer.name)) throw new Malformed('a consumer that is there twice');
    group.consumers.set(consumer.name, consumer);
    for (let owned = readCount(reader, budget, ID_BYTES); owned > 0; owned--) {
      const id = reader.text(ID_BYTES);
      const delivery = waiting.get(id);
      if (delivery === undefined || !waiting.delete(id))
        throw new Malformed('a pending entry its group has not');
      const entry = { ...delivery, consumer };
      consumer.pending.set(id, entry);
      group.pending.set(id, entry);
    }
  }
  if (waiting.size > 0) throw new Malformed('a pending entry that no consumer has');
  return group;
}

function readPending(
  reader: ByteReader,
  budget: Budget,
): Map<StreamId, { readonly deliveredAt: number; readonly deliveries: number }> {
  const waiting = new Map<ByteString, { deliveredAt: number; deliveries: number }>();
  for (let left = readCount(reader, budget, LEAST_PENDING); left > 0; left--) {
    budget.spend(PENDING_BYTES);
    const id = reader.text(ID_BYTES);
    if (waiting.has(id)) throw new Malformed('a pending entry that is there twice');
    waiting.set(id, { deliveredAt: readTime(reader), deliveries: readLength(reader) });
  }
  return waiting;
}

function readConsumer(type: number, reader: ByteReader, budget: Budget): Consumer {
  const name = readString(reader, budget);
  budget.spend(CONSUMER_BYTES);
  const seenAt = readTime(reader);
  const activeAt = type === TYPE.stream3 ? readTime(reader) : seenAt;
  return createConsumer(name, seenAt, activeAt < 0 ? undefined : activeAt);
}

/** Milliseconds since 1970, as far as a number holds them; -1 for never. */
function readTime(reader: ByteReader): number {
  return Math.max(-1, Math.min(Number(reader.i64()), Number.MAX_SAFE_INTEGER));
}

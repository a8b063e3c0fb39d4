import type { ByteString } from '../../model/bytes.ts';
import { array } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, exactInteger, fail, nil, SYNTAX } from '../command.ts';
import { boundedArray } from '../reply-bound.ts';
import { since } from '../version.ts';
import { claimWords } from './claim-words.ts';
import { consumerFor } from './deliver.ts';
import { entryReply, idReply } from './entry-reply.ts';
import type { StreamId } from './id.ts';
import { ZERO_ID } from './id.ts';
import { counted, groupOf } from './of-key.ts';
import { intervalStart } from './parse-id.ts';
import { release } from './pending.ts';
import type { Consumer, ConsumerGroup, PendingEntry, Stream } from './stream.ts';
import { PENDING_BYTES } from './stream.ts';
import { noKeyOrGroup } from './syntax.ts';

export function claim(call: Call): ByteString {
  const [key, name] = [argument(call, 1), argument(call, 2)];
  const { stream, group } = groupOf(call, key, name) ?? fail(noKeyOrGroup(key, name));
  const words = claimWords(call);
  const forgets = since(call, 7);
  if (words.lastId > group.lastDelivered) {
    group.lastDelivered = words.lastId;
    counted(call);
  }
  let consumer = since(call, 7.2) ? consumerFor(call, key, group, argument(call, 3)) : undefined;
  let grown = 0;
  const claimed: StreamId[] = [];
  for (const id of words.ids) {
    const exists = stream.entries.get(id) !== undefined;
    let entry = group.pending.get(id);
    if (forgets && !exists) {
      if (!release(group, id)) continue;
      grown -= PENDING_BYTES;
      counted(call);
      continue;
    }
    if (entry === undefined && !(words.force && exists)) continue;
    if (entry !== undefined && isBusy(call, entry, words.minIdle)) continue;
    consumer ??= consumerFor(call, key, group, argument(call, 3));
    if (entry === undefined) {
      entry = { consumer, deliveredAt: call.now, deliveries: 1 };
      group.pending.set(id, entry);
      consumer.pending.set(id, entry);
      grown += PENDING_BYTES;
    }
    move(entry, id, consumer);
    entry.deliveredAt = words.deliveredAt;
    if (words.retryCount >= 0) entry.deliveries = words.retryCount;
    else if (!words.justId) entry.deliveries++;
    consumer.activeAt = call.now;
    counted(call);
    claimed.push(id);
  }
  if (grown !== 0) call.db.changed(key, grown);
  return claimedReply(call, stream, claimed, words.justId);
}

function isBusy(call: Call, entry: PendingEntry, minIdle: bigint): boolean {
  return minIdle > 0n && BigInt(call.now - entry.deliveredAt) < minIdle;
}

function move(entry: PendingEntry, id: StreamId, consumer: Consumer): void {
  if (entry.consumer === consumer) return;
  entry.consumer.pending.delete(id);
  entry.consumer = consumer;
  consumer.pending.set(id, entry);
}

function claimedReply(call: Call, stream: Stream, ids: readonly StreamId[], justId: boolean): ByteString {
  return boundedArray(ids, (id) => {
    if (justId) return idReply(id);
    const entry = stream.entries.get(id);
    return entry === undefined ? nil(call) : entryReply(entry);
  });
}

/** Pending entries that XAUTOCLAIM looks at for each that it may claim. */
const ATTEMPTS = 10;
const MOST_COUNT = 576_460_752_303_423_487n;

export function autoClaim(call: Call): ByteString {
  const minIdle = exactInteger(argument(call, 4), 'ERR Invalid min-idle-time argument for XAUTOCLAIM');
  const start = intervalStart(argument(call, 5), true);
  let count = 100n;
  let justId = false;
  for (let at = 6; at < call.argv.length; at++) {
    const word = argument(call, at).toLowerCase();
    if (word === 'count' && at + 1 < call.argv.length) {
      count = exactInteger(argument(call, ++at), 'ERR COUNT must be > 0');
      if (count < 1n || count > MOST_COUNT) fail('ERR COUNT must be > 0');
    } else if (word === 'justid') justId = true;
    else fail(SYNTAX);
  }
  const [key, name] = [argument(call, 1), argument(call, 2)];
  const { stream, group } = groupOf(call, key, name) ?? fail(noKeyOrGroup(key, name));
  const seen = seek(call, { stream, group, start, minIdle, count: Number(count) });
  if (since(call, 7.2) || seen.claimed.length > 0) {
    const consumer = consumerFor(call, key, group, argument(call, 3));
    for (const [id, entry] of seen.claimed) take(call, entry, id, consumer, justId);
  }
  for (const id of seen.gone) release(group, id);
  counted(call, seen.gone.length + seen.claimed.length);
  if (seen.gone.length > 0) call.db.changed(key, -PENDING_BYTES * seen.gone.length);
  const ids = seen.claimed.map(([id]) => id);
  const parts = [idReply(seen.next), claimedReply(call, stream, ids, justId)];
  if (since(call, 7)) parts.push(boundedArray(seen.gone, idReply));
  return array(parts);
}

function take(call: Call, entry: PendingEntry, id: StreamId, consumer: Consumer, justId: boolean): void {
  move(entry, id, consumer);
  entry.deliveredAt = call.now;
  if (!justId) entry.deliveries++;
  consumer.activeAt = call.now;
}

function seek(
  call: Call,
  wanted: { stream: Stream; group: ConsumerGroup; start: StreamId; minIdle: bigint; count: number },
): { next: StreamId; claimed: [StreamId, PendingEntry][]; gone: StreamId[] } {
  const { stream, group, start, minIdle, count } = wanted;
  const claimed: [StreamId, PendingEntry][] = [];
  const gone: StreamId[] = [];
  let attempts = count * ATTEMPTS;
  for (const [id, entry] of group.pending.from(start)) {
    if (attempts <= 0 || claimed.length + gone.length >= count) return { next: id, claimed, gone };
    attempts--;
    if (since(call, 7) && stream.entries.get(id) === undefined) gone.push(id);
    else if (!isBusy(call, entry, minIdle)) claimed.push([id, entry]);
  }
  return { next: ZERO_ID, claimed, gone };
}

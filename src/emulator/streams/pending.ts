import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, EMPTY_ARRAY, integer } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, exactInteger, fail, nil, nilArray, no, SYNTAX } from '../command.ts';
import { boundedArray } from '../reply-bound.ts';
import { since } from '../version.ts';
import { idReply } from './entry-reply.ts';
import type { StreamId } from './id.ts';
import { counted, groupOf } from './of-key.ts';
import { intervalEnd, intervalStart, strictId } from './parse-id.ts';
import type { ConsumerGroup, PendingEntry } from './stream.ts';
import { PENDING_BYTES } from './stream.ts';
import { noKeyOrGroup } from './syntax.ts';

export function acknowledge(call: Call): ByteString {
  const [key, name] = [argument(call, 1), argument(call, 2)];
  const found = groupOf(call, key, name);
  if (found === undefined) return no;
  const ids = call.argv.slice(3).map((text) => strictId(text));
  let count = 0;
  for (const id of ids) if (release(found.group, id)) count++;
  call.db.changed(key, -PENDING_BYTES * count);
  counted(call, count);
  return integer(count);
}

/** An entry is pending no longer. The caller books PENDING_BYTES. */
export function release(group: ConsumerGroup, id: StreamId): boolean {
  const entry = group.pending.get(id);
  if (entry === undefined) return false;
  group.pending.delete(id);
  entry.consumer.pending.delete(id);
  return true;
}

interface PendingRange {
  readonly from: StreamId;
  readonly to: StreamId;
  readonly count: number;
  /** Milliseconds. */
  readonly idle: bigint;
  readonly consumer: ByteString | undefined;
}

export function pendingCommand(call: Call): ByteString {
  const wanted = rangeWords(call);
  const [key, name] = [argument(call, 1), argument(call, 2)];
  const found = groupOf(call, key, name) ?? fail(noKeyOrGroup(key, name));
  return wanted === undefined ? summary(call, found.group) : details(call, found.group, wanted);
}

function rangeWords(call: Call): PendingRange | undefined {
  const given = call.argv.length;
  if (given === 3) return undefined;
  const modern = since(call, 6.2);
  if (given < 6 || given > (modern ? 9 : 7)) fail(SYNTAX);
  let at = 3;
  let idle = 0n;
  if (modern && argument(call, 3).toLowerCase() === 'idle') {
    idle = exactInteger(argument(call, 4));
    if (given < 8) fail(SYNTAX);
    at = 5;
  }
  const count = exactInteger(argument(call, at + 2));
  const from = intervalStart(argument(call, at), modern);
  const to = intervalEnd(argument(call, at + 1), modern);
  return { from, to, count: Math.max(0, Number(count)), idle, consumer: call.argv[at + 3] };
}

function summary(call: Call, group: ConsumerGroup): ByteString {
  const { pending } = group;
  const [first, last] = [pending.firstKey, pending.lastKey];
  if (first === undefined || last === undefined)
    return array([integer(0), nil(call), nil(call), nilArray(call)]);
  const busy = [...group.consumers.values()].filter((consumer) => consumer.pending.size > 0);
  const consumers = boundedArray(busy, (consumer) =>
    array([bulk(consumer.name), bulk(String(consumer.pending.size))]),
  );
  return array([integer(pending.size), idReply(first), idReply(last), consumers]);
}

function details(
  call: Call,
  group: ConsumerGroup,
  { from, to, count, idle, consumer }: PendingRange,
): ByteString {
  const owner = consumer === undefined ? group : group.consumers.get(consumer);
  if (owner === undefined) return EMPTY_ARRAY;
  const found: [StreamId, PendingEntry][] = [];
  for (const [id, entry] of owner.pending.from(from)) {
    if (id > to || found.length >= count) break;
    if (idle === 0n || BigInt(call.now - entry.deliveredAt) >= idle) found.push([id, entry]);
  }
  return boundedArray(found, ([id, entry]) =>
    array([
      idReply(id),
      bulk(entry.consumer.name),
      integer(Math.max(0, call.now - entry.deliveredAt)),
      integer(entry.deliveries),
    ]),
  );
}

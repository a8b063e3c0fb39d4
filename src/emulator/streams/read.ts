import type { ByteString } from '../../model/bytes.ts';
import { array, bulk } from '../../wire/resp-reply.ts';
import { block } from '../blocking.ts';
import { untilNul } from '../c-string.ts';
import type { Call, Handler } from '../command.ts';
import { fail, nilArray } from '../command.ts';
import { Overflow } from '../reply-bound.ts';
import { isValkey, since } from '../version.ts';
import { consumerFor, deliverAgain, deliverNew } from './deliver.ts';
import { entriesReply } from './entry-reply.ts';
import type { StreamId } from './id.ts';
import { LAST_ID, nextId, previousId, ZERO_ID } from './id.ts';
import { counted, streamOf } from './of-key.ts';
import { strictId } from './parse-id.ts';
import type { ReadWords } from './read-words.ts';
import { readWords } from './read-words.ts';
import type { Stream } from './stream.ts';

/** Bytes; as in reply-bound.ts. */
const LONGEST_REPLY = 134_217_728;

/** One stream to read. */
interface Wanted {
  readonly key: ByteString;
  /** Undefined (`>`) for what its group has not delivered yet. */
  readonly after: StreamId | undefined;
}

export function read(grouped: boolean): Handler {
  return (call) => {
    const words = readWords(call, grouped);
    const wanted = words.keys.map((key, at) => ({
      key,
      after: resolved(call, words, key, words.ids[at] ?? ''),
    }));
    const reply = serve(call, words, wanted);
    if (reply !== undefined) return reply;
    if (words.timeoutMs === undefined) return nilArray(call);
    return block(call, {
      keys: words.keys,
      timeoutMs: words.timeoutMs,
      attempt: (later, key) =>
        since(call, 7.2) ? again(later, words, wanted) : serveReady(later, words, wanted, key),
      expired: () => nilArray(call),
    });
  };
}

function resolved(call: Call, { group }: ReadWords, key: ByteString, text: ByteString): StreamId | undefined {
  const stream = streamOf(call, key);
  if (group !== undefined && stream?.groups.has(group) !== true) fail(noGroup(key, group));
  if (text === '$') return group === undefined ? (stream?.lastId ?? ZERO_ID) : fail(meaningless('$'));
  if (text === '+' && (since(call, 7.4) || isValkey(call))) {
    if (group !== undefined) fail(meaningless('+'));
    return beforeLast(call, stream);
  }
  if (text !== '>') return strictId(text);
  return group === undefined ? fail(ONLY_GROUPED) : undefined;
}

/** The id that is followed by the last entry alone. Valkey goes by the last id, even when its entry is deleted. */
function beforeLast(call: Call, stream: Stream | undefined): StreamId {
  if (stream === undefined) return ZERO_ID;
  if (isValkey(call)) return previousId(stream.lastId) ?? fail('ERR the stream last element ID is 0-0');
  const last = stream.entries.last;
  return last === undefined ? stream.lastId : (previousId(last.id) ?? ZERO_ID);
}

const noGroup = (key: ByteString, group: ByteString): string =>
  `NOGROUP No such key '${untilNul(key)}' or consumer group '${untilNul(group)}' in XREADGROUP with GROUP option`;
const meaningless = (id: string): string =>
  `ERR The ${id} ID is meaningless in the context of XREADGROUP: you want to read the history of this consumer by specifying a proper ID, or use the > ID to get new messages. The ${id} ID would just return an empty result set.`;
const ONLY_GROUPED =
  'ERR The > ID can be specified only when calling XREADGROUP using the GROUP <group> <consumer> option.';

/** The whole reply, or undefined when no stream has anything. One after the other: a key may be there twice. */
function serve(call: Call, words: ReadWords, wanted: readonly Wanted[]): ByteString | undefined {
  const served: ByteString[] = [];
  let length = 0;
  for (const { key, after } of wanted) {
    const stream = streamOf(call, key);
    const entries = stream === undefined ? undefined : ready(call, words, key, stream, after);
    if (entries === undefined) continue;
    served.push(bulk(key) + entries);
    length += entries.length;
    if (length > LONGEST_REPLY) throw new Overflow();
  }
  return served.length === 0 ? undefined : keyedReply(call, served);
}

function keyedReply({ client }: Call, served: readonly ByteString[]): ByteString {
  if (client.resp === 3) return `%${served.length}\r\n${served.join('')}`;
  return array(served.map((part) => `*2\r\n${part}`));
}

/** The entries of a stream that has some; the consumer is made, where the version does so, either way. */
function ready(
  call: Call,
  words: ReadWords,
  key: ByteString,
  stream: Stream,
  after: StreamId | undefined,
): ByteString | undefined {
  const last = stream.entries.last?.id;
  const group = words.group === undefined ? undefined : stream.groups.get(words.group);
  if (group === undefined) {
    const from = after === undefined ? undefined : nextId(after);
    if (last === undefined || after === undefined || last <= after || from === undefined) return undefined;
    return entriesReply(stream.entries.range(from, LAST_ID, words.count));
  }
  const waits = after === undefined && (last === undefined || last <= group.lastDelivered);
  if (waits && !since(call, 7.2)) return undefined;
  const consumer = consumerFor(call, key, group, words.consumer);
  if (waits) return undefined;
  counted(call);
  if (after !== undefined) {
    return deliverAgain(call, stream, consumer, nextId(after) ?? ZERO_ID, words.count);
  }
  const entries = stream.entries.range(nextId(group.lastDelivered) ?? ZERO_ID, LAST_ID, words.count);
  return deliverNew(call, key, { stream, group, consumer }, entries, words.noAck);
}

/** From 7.2 on a client that waited runs its command again. */
function again(call: Call, words: ReadWords, wanted: readonly Wanted[]): ByteString | undefined {
  for (const { key } of wanted) {
    if (words.group === undefined) {
      if (call.db.get(key, call.now)?.type === 'stream') continue;
      if (wanted.length === 1) return undefined;
    } else if (streamOf(call, key)?.groups.has(words.group) !== true) fail(noGroup(key, words.group));
  }
  return serve(call, words, wanted);
}

/** Before, it got the one stream that became ready; of a key that is there twice the first id counts. */
function serveReady(
  call: Call,
  words: ReadWords,
  wanted: readonly Wanted[],
  key: ByteString,
): ByteString | undefined {
  const after = wanted.find((one) => one.key === key)?.after;
  const value = call.db.get(key, call.now);
  if (value?.type !== 'stream') {
    if (words.group !== undefined && since(call, 7)) fail('UNBLOCKED the stream key no longer exists');
    return undefined;
  }
  const { stream } = value;
  const group = words.group === undefined ? undefined : stream.groups.get(words.group);
  if (words.group !== undefined && group === undefined) fail(GROUP_GONE);
  const from = group?.lastDelivered ?? (after === undefined ? LAST_ID : after);
  if (stream.lastId <= from) return undefined;
  const start = nextId(from) ?? LAST_ID;
  const found = stream.entries.range(start, LAST_ID, words.count);
  if (group === undefined) return keyedReply(call, [bulk(key) + entriesReply(found)]);
  const consumer = consumerFor(call, key, group, words.consumer);
  counted(call);
  const entries = deliverNew(call, key, { stream, group, consumer }, found, words.noAck);
  return keyedReply(call, [bulk(key) + entries]);
}

const GROUP_GONE = 'NOGROUP the consumer group this client was blocked on no longer exists';

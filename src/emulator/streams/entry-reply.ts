import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, nullArray } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { boundedArray } from '../reply-bound.ts';
import type { StreamEntry } from './entry.ts';
import type { StreamId } from './id.ts';
import { idText } from './id.ts';

export function idReply(id: StreamId): ByteString {
  return bulk(idText(id));
}

export function entryReply({ id, fields, values }: StreamEntry): ByteString {
  let cells = '';
  for (const [at, field] of fields.entries()) cells += bulk(field) + bulk(values[at] ?? '');
  return `*2\r\n${idReply(id)}*${2 * fields.length}\r\n${cells}`;
}

export function entriesReply(entries: readonly StreamEntry[]): ByteString {
  return boundedArray(entries, entryReply);
}

/** What stands for an entry that is pending and was deleted meanwhile. */
export function goneReply(call: Call, id: StreamId): ByteString {
  return array([idReply(id), nullArray(call.client.resp)]);
}

import type { ByteString } from '../model/bytes.ts';
import { bulk } from '../wire/resp-reply.ts';
import type { Call } from './command.ts';
import { doubleText, shortDoubleText } from './decimal.ts';
import { since } from './version.ts';

/** A double as this release writes one: 17 digits, from 7.2 on as few as tell it. */
export function doubleOf(call: Pick<Call, 'world'>, value: number): ByteString {
  return since(call, 7.2) ? shortDoubleText(value) : doubleText(value);
}

/** A score or a distance: a double, in RESP2 a bulk string. */
export function scoreReply(call: Call, value: number): ByteString {
  const text = doubleOf(call, value);
  return call.client.resp === 3 ? `,${text}\r\n` : bulk(text);
}

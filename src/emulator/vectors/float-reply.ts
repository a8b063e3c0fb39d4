import type { ByteString } from '../../model/bytes.ts';
import { bulk } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { scoreReply } from '../score-reply.ts';

/** A component or a similarity: a double, in RESP2 a bulk string. */
export function floatReply(call: Call, value: number): ByteString {
  if (!Number.isNaN(value)) return scoreReply(call, value);
  return call.client.resp === 3 ? ',nan\r\n' : bulk('nan');
}

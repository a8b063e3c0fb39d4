import type { ByteString } from '../model/bytes.ts';
import { array } from '../wire/resp-reply.ts';

/**
 * Longest reply that is put together. A few names of one large value ask for gigabytes; a server with an output limit
 * hangs up then, and so does this one.
 */
const LONGEST_REPLY = 134_217_728;

/** The connection is to be closed without a reply: thrown by handlers, caught by the dispatcher alone. */
export class Overflow extends Error {}

/** An array reply of one element an item, given up when it becomes too long. */
export function boundedArray<T>(
  items: readonly T[],
  reply: (item: T, index: number) => ByteString,
): ByteString {
  const parts: ByteString[] = [];
  let length = 0;
  for (const [index, item] of items.entries()) {
    const part = reply(item, index);
    length += part.length;
    if (length > LONGEST_REPLY) throw new Overflow();
    parts.push(part);
  }
  return array(parts);
}

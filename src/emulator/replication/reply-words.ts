import type { ByteString } from '../../model/bytes.ts';

/** The bulk strings of one of the emulator's own replies, in their order, however deep they are. */
export function bulksOf(reply: ByteString): readonly ByteString[] {
  const found: ByteString[] = [];
  let at = 0;
  while (at < reply.length) {
    const end = reply.indexOf('\r\n', at);
    if (end < 0) break;
    const kind = reply[at];
    const length = Number(reply.slice(at + 1, end));
    at = end + 2;
    if (kind !== '$' || length < 0) continue;
    found.push(reply.slice(at, at + length));
    at += length + 2;
  }
  return found;
}

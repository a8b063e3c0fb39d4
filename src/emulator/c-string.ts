import type { ByteString } from '../model/bytes.ts';

/** A text as C's `%s` prints it: until the first NUL. */
export function untilNul(text: ByteString): ByteString {
  const end = text.indexOf('\0');
  return end < 0 ? text : text.slice(0, end);
}

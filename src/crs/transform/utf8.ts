import type { ByteString } from '../../model/bytes.ts';

/** Characters of two to four bytes of UTF-8; overlong and forbidden ones are left as they are. */
const SEQUENCE =
  /[\xc2-\xdf][\x80-\xbf]|\xe0[\xa0-\xbf][\x80-\xbf]|[\xe1-\xec\xee\xef][\x80-\xbf]{2}|\xed[\x80-\x9f][\x80-\xbf]|\xf0[\x90-\xbf][\x80-\xbf]{2}|[\xf1-\xf3][\x80-\xbf]{3}|\xf4[\x80-\x8f][\x80-\xbf]{2}/g;

/** Characters outside ASCII become `%uHHHH`, so that `urlDecodeUni` after it can take them for what they look like. */
export function utf8toUnicode(value: ByteString): ByteString {
  if (!/[\x80-\xff]/.test(value)) return value;
  return value.replace(SEQUENCE, (bytes) => {
    let code = bytes.charCodeAt(0) & (bytes.length === 2 ? 0x1f : bytes.length === 3 ? 0x0f : 0x07);
    for (let at = 1; at < bytes.length; at += 1) code = (code << 6) | (bytes.charCodeAt(at) & 0x3f);
    return `%u${code.toString(16).padStart(4, '0')}`;
  });
}

/** Whether bytes are not well-formed UTF-8. */
export function isBrokenUtf8(value: ByteString): boolean {
  return /[\x80-\xff]/.test(value) && /[\x80-\xff]/.test(value.replace(SEQUENCE, ''));
}

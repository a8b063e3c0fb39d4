import type { ByteString } from '../../model/bytes.ts';
import { SecLangFault } from '../seclang/fault.ts';
import { isBrokenUtf8 } from '../transform/utf8.ts';

/** `@validateByteRange 9,10,32-126`: holds when a byte is outside all of the ranges. */
export function byteRangeTest(argument: ByteString): (value: ByteString) => boolean {
  const allowed = new Uint8Array(256);
  for (const part of argument.split(',')) {
    const match = /^\s*(\d{1,3})(?:-(\d{1,3}))?\s*$/.exec(part);
    const from = Number(match?.[1]);
    const to = Number(match?.[2] ?? match?.[1]);
    if (match === null || to > 255 || from > to)
      throw new SecLangFault(`${part.trim()} is not a range of bytes`);
    allowed.fill(1, from, to + 1);
  }
  return (value) => {
    for (let at = 0; at < value.length; at += 1) {
      if (allowed[value.charCodeAt(at)] !== 1) return true;
    }
    return false;
  };
}

/** Holds when a percent sign is not followed by two hex digits. */
export function isBrokenUrlEncoding(value: ByteString): boolean {
  return /%(?![0-9a-fA-F]{2})/.test(value);
}

/** `@validateUtf8Encoding` holds when the bytes are not UTF-8. */
export const isNotUtf8 = isBrokenUtf8;

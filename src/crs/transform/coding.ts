import { createHash } from 'node:crypto';
import type { ByteString } from '../../model/bytes.ts';
import { hexByte } from './hex.ts';

export function hexEncode(value: ByteString): ByteString {
  return Buffer.from(value, 'latin1').toString('hex');
}

export function hexDecode(value: ByteString): ByteString {
  return Buffer.from(value.length % 2 === 0 ? value : value.slice(0, -1), 'latin1')
    .toString('latin1')
    .replace(/[^]{2}/g, (pair) => {
      const byte = hexByte(pair, 0);
      return byte < 0 ? '' : String.fromCharCode(byte);
    });
}

/** Up to the first byte that is not of the alphabet. */
export function base64Decode(value: ByteString): ByteString {
  const valid = /^[A-Za-z0-9+/\r\n]*/.exec(value)?.[0] ?? '';
  return Buffer.from(valid, 'base64').toString('latin1');
}

/** Bytes that are not of the alphabet are passed over. */
export function base64DecodeExt(value: ByteString): ByteString {
  return Buffer.from(value.replace(/[^A-Za-z0-9+/]/g, ''), 'base64').toString('latin1');
}

export function base64Encode(value: ByteString): ByteString {
  return Buffer.from(value, 'latin1').toString('base64');
}

/** Hex numbers of SQL, `0x...`, become the text that they spell. */
export function sqlHexDecode(value: ByteString): ByteString {
  return value.replace(/0x((?:[0-9a-fA-F]{2})+)/gi, (_, digits: string) =>
    Buffer.from(digits, 'hex').toString('latin1'),
  );
}

/** The digest's bytes, not its hex digits. */
export function sha1(value: ByteString): ByteString {
  return createHash('sha1').update(value, 'latin1').digest().toString('latin1');
}

export function md5(value: ByteString): ByteString {
  return createHash('md5').update(value, 'latin1').digest().toString('latin1');
}

export function length(value: ByteString): ByteString {
  return String(value.length);
}

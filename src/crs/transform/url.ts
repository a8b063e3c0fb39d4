import type { ByteString } from '../../model/bytes.ts';
import { bestFit } from './best-fit.ts';
import { hexByte, hexCode, narrowed } from './hex.ts';

/** `%HH` and plus signs; what is not valid stays. */
export function urlDecode(value: ByteString): ByteString {
  return decode(value, false);
}

/** The same with `%uHHHH`, as IIS takes it. */
export function urlDecodeUni(value: ByteString): ByteString {
  return decode(value, true);
}

function decode(value: ByteString, wide: boolean): ByteString {
  if (!value.includes('%')) return value.includes('+') ? value.replaceAll('+', ' ') : value;
  let decoded = '';
  let at = 0;
  while (at < value.length) {
    const character = value[at] ?? '';
    if (character !== '%') {
      decoded += character === '+' ? ' ' : character;
      at += 1;
      continue;
    }
    if (wide && (value[at + 1] === 'u' || value[at + 1] === 'U')) {
      const code = hexCode(value, at + 2);
      if (code >= 0) decoded += String.fromCharCode(bestFit(code) ?? narrowed(code));
      else decoded += value.slice(at, at + 2);
      at += code >= 0 ? 6 : 2;
      continue;
    }
    const byte = hexByte(value, at + 1);
    decoded += byte >= 0 ? String.fromCharCode(byte) : '%';
    at += byte >= 0 ? 3 : 1;
  }
  return decoded;
}

export function urlEncode(value: ByteString): ByteString {
  return value.replace(/[^A-Za-z0-9*]/g, (character) =>
    character === ' ' ? '+' : `%${character.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
}

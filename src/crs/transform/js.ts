import type { ByteString } from '../../model/bytes.ts';
import { hexByte, hexCode, narrowed } from './hex.ts';

const CONTROLS: Readonly<Record<string, string>> = {
  a: '\x07',
  b: '\b',
  f: '\f',
  n: '\n',
  r: '\r',
  t: '\t',
  v: '\v',
};

/** The escapes of JavaScript strings: `\uHHHH`, `\xHH`, `\OOO` and `\n`; of any other the backslash goes. */
export function jsDecode(value: ByteString): ByteString {
  let backslash = value.indexOf('\\');
  if (backslash < 0) return value;
  let decoded = '';
  let at = 0;
  while (backslash >= 0 && backslash + 1 < value.length) {
    decoded += value.slice(at, backslash);
    const [text, length] = escape(value, backslash);
    decoded += text;
    at = backslash + length;
    backslash = value.indexOf('\\', at);
  }
  return decoded + value.slice(at);
}

function escape(value: ByteString, at: number): [text: ByteString, length: number] {
  const letter = value[at + 1] ?? '';
  const code = letter === 'u' ? hexCode(value, at + 2) : -1;
  if (code >= 0) return [String.fromCharCode(narrowed(code)), 6];
  const byte = letter === 'x' ? hexByte(value, at + 2) : -1;
  if (byte >= 0) return [String.fromCharCode(byte), 4];
  const octal = /^(?:[0-3][0-7]{0,2}|[4-7][0-7]?)/.exec(value.slice(at + 1, at + 4))?.[0];
  if (octal !== undefined) return [String.fromCharCode(Number.parseInt(octal, 8)), 1 + octal.length];
  return [CONTROLS[letter] ?? letter, 2];
}

/** The escapes of ANSI C, which shells know as `$'...'`; one that is not valid stays as it is. */
export function escapeSeqDecode(value: ByteString): ByteString {
  if (!value.includes('\\')) return value;
  return value.replace(
    /\\(?:([abfnrtv\\?'"])|x([0-9a-fA-F]{2})|([0-7]{1,3}))/g,
    (_, one?: string, hex?: string, octal?: string) => {
      if (one !== undefined) return CONTROLS[one] ?? one;
      return String.fromCharCode(Number.parseInt(hex ?? octal ?? '0', hex === undefined ? 8 : 16) & 0xff);
    },
  );
}

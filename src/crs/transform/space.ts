import type { ByteString } from '../../model/bytes.ts';

export function removeNulls(value: ByteString): ByteString {
  return value.includes('\0') ? value.replaceAll('\0', '') : value;
}

export function replaceNulls(value: ByteString): ByteString {
  return value.replaceAll('\0', ' ');
}

/** The no-break space of Latin-1 counts as one. */
export function removeWhitespace(value: ByteString): ByteString {
  return value.replace(/[ \t-\r\xa0]+/g, '');
}

export function compressWhitespace(value: ByteString): ByteString {
  return value.replace(/[ \t-\r]+/g, ' ');
}

export function trimLeft(value: ByteString): ByteString {
  return value.replace(/^[ \t-\r]+/, '');
}

export function trimRight(value: ByteString): ByteString {
  let end = value.length;
  while (end > 0 && /[ \t-\r]/.test(value[end - 1] ?? '')) end -= 1;
  return value.slice(0, end);
}

export function trim(value: ByteString): ByteString {
  return trimLeft(trimRight(value));
}

/** Letters of ASCII only, as in the C locale. */
export function lowercase(value: ByteString): ByteString {
  return /[\x80-\xff]/.test(value)
    ? value.replace(/[A-Z]+/g, (run) => run.toLowerCase())
    : value.toLowerCase();
}

export function uppercase(value: ByteString): ByteString {
  return value.replace(/[a-z]+/g, (run) => run.toUpperCase());
}

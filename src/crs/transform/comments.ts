import type { ByteString } from '../../model/bytes.ts';

/** Each comment of C becomes a blank; one that is not closed swallows the rest. */
export function replaceComments(value: ByteString): ByteString {
  return withoutBlocks(value, ' ');
}

/** Comments of C and HTML, and what follows `--` and `#`, are dropped. */
export function removeComments(value: ByteString): ByteString {
  let rest = '';
  let at = 0;
  while (at < value.length) {
    const [opening, closing] = PAIRS.find(([start]) => value.startsWith(start, at)) ?? [];
    if (opening !== undefined && closing !== undefined) {
      const end = value.indexOf(closing, at + opening.length);
      if (end < 0) return rest;
      at = end + closing.length;
    } else if (value[at] === '#' || value.startsWith('--', at)) {
      return rest;
    } else {
      rest += value[at] ?? '';
      at += 1;
    }
  }
  return rest;
}

const PAIRS = [
  ['/*', '*/'],
  ['<!--', '-->'],
] as const;

/** The marks of comments are dropped, what they hold stays. */
export function removeCommentsChar(value: ByteString): ByteString {
  return value.replace(/\/\*|\*\/|<!--|-->|--|#/g, '');
}

function withoutBlocks(value: ByteString, instead: ByteString): ByteString {
  let start = value.indexOf('/*');
  if (start < 0) return value;
  let rest = '';
  let at = 0;
  while (start >= 0) {
    rest += value.slice(at, start) + instead;
    const end = value.indexOf('*/', start + 2);
    if (end < 0) return rest;
    at = end + 2;
    start = value.indexOf('/*', at);
  }
  return rest + value.slice(at);
}

import type { ByteString } from '../../model/bytes.ts';
import type { FilterValue } from './filter-token.ts';

/**
 * The first member of that name of a JSON object, read only as far as it; undefined when it is not there or something
 * that a filter cannot reckon with. One pass, whatever the text is.
 */
export function jsonMember(text: ByteString, name: ByteString): FilterValue | undefined {
  const reader = { text, at: 0 };
  if (!took(reader, '{')) return undefined;
  for (;;) {
    const key = readText(reader);
    if (key === undefined || !took(reader, ':')) return undefined;
    if (key === name) return readValue(reader, 0);
    if (!skipValue(reader) || !took(reader, ',')) return undefined;
  }
}

interface Reader {
  readonly text: ByteString;
  at: number;
}

const DEEPEST = 16;
const MOST_ITEMS = 4_096;

function readValue(reader: Reader, depth: number): FilterValue | undefined {
  skipSpace(reader);
  const char = reader.text.charAt(reader.at);
  if (char === '"') return readText(reader);
  if (char === '[') return depth < DEEPEST ? readList(reader, depth) : undefined;
  const word = readWord(reader);
  switch (word) {
    case 'true':
      return 1;
    case 'false':
      return 0;
    case 'null':
      return null;
    default:
      return /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i.test(word) ? Number(word) : undefined;
  }
}

function readList(reader: Reader, depth: number): readonly FilterValue[] | undefined {
  const items: FilterValue[] = [];
  took(reader, '[');
  if (took(reader, ']')) return items;
  while (items.length < MOST_ITEMS) {
    const item = readValue(reader, depth + 1);
    if (item === undefined) return undefined;
    items.push(item);
    if (took(reader, ']')) return items;
    if (!took(reader, ',')) return undefined;
  }
  return undefined;
}

const LONGEST_WORD = 256;

/** A number or a word; empty when there is neither, or it is too long to be one. */
function readWord(reader: Reader): ByteString {
  const from = reader.at;
  while (reader.at < reader.text.length && /[\w+.-]/.test(reader.text.charAt(reader.at))) reader.at++;
  return reader.at - from > LONGEST_WORD ? '' : reader.text.slice(from, reader.at);
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };

function readText(reader: Reader): ByteString | undefined {
  if (!took(reader, '"')) return undefined;
  const { text } = reader;
  const parts: string[] = [];
  let from = reader.at;
  while (reader.at < text.length && text[reader.at] !== '"') {
    if (text[reader.at] !== '\\') {
      reader.at++;
      continue;
    }
    const escaped = text.charAt(reader.at + 1);
    parts.push(text.slice(from, reader.at), ESCAPES[escaped] ?? escaped);
    reader.at += 2;
    from = reader.at;
  }
  if (reader.at >= text.length) return undefined;
  parts.push(text.slice(from, reader.at++));
  return parts.join('');
}

function skipValue(reader: Reader): boolean {
  skipSpace(reader);
  let open = 0;
  do {
    const char = reader.text.charAt(reader.at);
    if (char === '"') {
      if (readText(reader) === undefined) return false;
    } else if (char === '[' || char === '{') {
      open++;
      reader.at++;
    } else if (char === ']' || char === '}') {
      open--;
      reader.at++;
    } else if (open > 0) reader.at++;
    else if (readWord(reader) === '') return false;
  } while (open > 0 && reader.at < reader.text.length);
  return open === 0;
}

function skipSpace(reader: Reader): void {
  while (reader.at < reader.text.length && /[ \t-\r]/.test(reader.text.charAt(reader.at))) reader.at++;
}

function took(reader: Reader, char: string): boolean {
  skipSpace(reader);
  if (reader.text[reader.at] !== char) return false;
  reader.at++;
  return true;
}

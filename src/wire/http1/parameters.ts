import type { ByteString } from '../byte-string.ts';

/** A header value of the form `value; name=word; name="quoted"`, as Content-Type and Content-Disposition have it. */
export interface Parametrized {
  /** Lower case. */
  readonly value: string;
  /** Names in lower case; of one that comes twice the first counts. */
  readonly parameters: ReadonlyMap<string, ByteString>;
}

const MOST_PARAMETERS = 16;
const NAME = /[^\s=;"]/;

/**
 * Reads what is there and skips what is not understood: what attackers send is often broken. A backslash within quotes
 * stands for itself unless a quote or another backslash follows: old browsers sent Windows paths as they are.
 */
export function parseParameters(header: ByteString): Parametrized {
  const semicolon = header.indexOf(';');
  const value = (semicolon < 0 ? header : header.slice(0, semicolon)).trim().toLowerCase();
  const parameters = new Map<string, ByteString>();
  let at = semicolon < 0 ? header.length : semicolon;
  while (at < header.length && parameters.size < MOST_PARAMETERS) {
    while (at < header.length && !NAME.test(header.charAt(at))) at++;
    const from = at;
    while (at < header.length && NAME.test(header.charAt(at))) at++;
    const name = header.slice(from, at).toLowerCase();
    while (isBlank(header.charAt(at))) at++;
    if (header.charAt(at) !== '=') continue;
    do at++;
    while (isBlank(header.charAt(at)));
    const read = header.charAt(at) === '"' ? quoted(header, at + 1) : word(header, at);
    at = read.end;
    if (name !== '' && !parameters.has(name)) parameters.set(name, read.text);
  }
  return { value, parameters };
}

function isBlank(character: string): boolean {
  return character === ' ' || character === '\t';
}

function quoted(header: ByteString, from: number): { text: ByteString; end: number } {
  let text = '';
  let at = from;
  for (; at < header.length && header.charAt(at) !== '"'; at++) {
    if (header.charAt(at) === '\\' && /["\\]/.test(header.charAt(at + 1))) at++;
    text += header.charAt(at);
  }
  return { text, end: at + 1 };
}

function word(header: ByteString, from: number): { text: ByteString; end: number } {
  const semicolon = header.indexOf(';', from);
  const end = semicolon < 0 ? header.length : semicolon;
  return { text: header.slice(from, end).trim(), end };
}

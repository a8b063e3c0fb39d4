import type { ByteString } from './byte-string.ts';

/**
 * Splits an inline request as Redis does (sdssplitargs): blanks separate; "..." knows \n \r \t \b \a and \xHH;
 * '...' knows only \'. Undefined when a quote is not closed or is followed by something else than a blank.
 */
export function inlineArguments(line: ByteString): ByteString[] | undefined {
  if (!line.includes('"') && !line.includes("'")) return plainWords(line);
  const found: ByteString[] = [];
  let at = 0;
  for (;;) {
    while (at < line.length && isBlank(line.charCodeAt(at))) at++;
    if (at >= line.length) return found;
    const word = readWord(line, at);
    if (word === undefined) return undefined;
    found.push(word.text);
    at = word.end;
  }
}

function plainWords(line: ByteString): ByteString[] {
  const found: ByteString[] = [];
  let start = -1;
  for (let at = 0; at < line.length; at++) {
    if (!isBlank(line.charCodeAt(at))) {
      if (start < 0) start = at;
    } else if (start >= 0) {
      found.push(line.slice(start, at));
      start = -1;
    }
  }
  if (start >= 0) found.push(line.slice(start));
  return found;
}

function readWord(line: ByteString, from: number): { text: ByteString; end: number } | undefined {
  const parts: ByteString[] = [];
  let at = from;
  while (at < line.length && !isBlank(line.charCodeAt(at))) {
    const code = line.charCodeAt(at);
    if (code === 34 || code === 39) {
      const quoted = code === 34 ? readDouble(line, at + 1) : readSingle(line, at + 1);
      if (quoted === undefined) return undefined;
      if (quoted.end < line.length && !isBlank(line.charCodeAt(quoted.end))) return undefined;
      parts.push(quoted.text);
      return { text: parts.join(''), end: quoted.end };
    }
    const start = at;
    while (at < line.length && !isBlank(line.charCodeAt(at)) && !isQuote(line.charCodeAt(at))) at++;
    parts.push(line.slice(start, at));
  }
  return { text: parts.join(''), end: at };
}

function readDouble(line: ByteString, from: number): { text: ByteString; end: number } | undefined {
  const parts: ByteString[] = [];
  let at = from;
  let start = from;
  while (at < line.length) {
    const code = line.charCodeAt(at);
    if (code === 34) {
      parts.push(line.slice(start, at));
      return { text: parts.join(''), end: at + 1 };
    }
    if (code !== 92 || at + 1 >= line.length) {
      at++;
      continue;
    }
    parts.push(line.slice(start, at));
    const hex = line.slice(at + 2, at + 4);
    if (line[at + 1] === 'x' && /^[0-9a-fA-F]{2}$/.test(hex)) {
      parts.push(String.fromCharCode(Number.parseInt(hex, 16)));
      at += 4;
    } else {
      const letter = line[at + 1] ?? '';
      parts.push(ESCAPES[letter] ?? letter);
      at += 2;
    }
    start = at;
  }
  return undefined;
}

function readSingle(line: ByteString, from: number): { text: ByteString; end: number } | undefined {
  const parts: ByteString[] = [];
  let start = from;
  for (let at = from; at < line.length; at++) {
    const code = line.charCodeAt(at);
    if (code === 39) {
      parts.push(line.slice(start, at));
      return { text: parts.join(''), end: at + 1 };
    }
    if (code === 92 && line.charCodeAt(at + 1) === 39) {
      parts.push(line.slice(start, at), "'");
      at++;
      start = at + 1;
    }
  }
  return undefined;
}

const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', b: '\b', a: '\u0007' };

function isQuote(code: number): boolean {
  return code === 34 || code === 39;
}

/** C's isspace. */
function isBlank(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

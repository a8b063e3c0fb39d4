import type { ByteString } from '../model/bytes.ts';

export interface LuaToken {
  readonly kind: 'name' | 'string' | 'number' | 'symbol';
  /** The word itself; of a string what it holds. */
  readonly text: ByteString;
  readonly line: number;
}

const NAME = /[A-Za-z_]\w*/y;
const NUMBER = /\d+(\.\d+)?/y;
const SYMBOL = /\.\.|[=~<>]=|[^]/y;
const ESCAPES: Readonly<Record<string, string>> = { n: '\n', r: '\r', t: '\t', '0': '\0' };

/** The words of a Lua text; undefined when a string or a long comment does not end. The text is short (see callers). */
export function luaTokens(text: ByteString): readonly LuaToken[] | undefined {
  const tokens: LuaToken[] = [];
  let at = 0;
  let line = 1;
  const take = (pattern: RegExp): ByteString | undefined => {
    pattern.lastIndex = at;
    return pattern.exec(text)?.[0];
  };
  while (at < text.length) {
    const character = text[at] ?? '';
    if (character === '\n') line++;
    if (/\s/.test(character)) {
      at++;
      continue;
    }
    if (text.startsWith('--', at)) {
      const end = text.startsWith('--[[', at) ? text.indexOf(']]', at) + 2 : text.indexOf('\n', at);
      at = end < 2 ? text.length : end;
      continue;
    }
    if (character === '"' || character === "'" || text.startsWith('[[', at)) {
      const quoted = character === '[' ? longString(text, at) : shortString(text, at);
      if (quoted === undefined) return undefined;
      tokens.push({ kind: 'string', text: quoted.text, line });
      line += text.slice(at, quoted.end).split('\n').length - 1;
      at = quoted.end;
      continue;
    }
    const name = take(NAME);
    const number = take(NUMBER);
    const word = name ?? number ?? take(SYMBOL) ?? character;
    tokens.push({ kind: name ? 'name' : number ? 'number' : 'symbol', text: word, line });
    at += word.length;
  }
  return tokens;
}

interface Quoted {
  readonly text: ByteString;
  readonly end: number;
}

function longString(text: ByteString, from: number): Quoted | undefined {
  const end = text.indexOf(']]', from);
  return end < 0 ? undefined : { text: text.slice(from + 2, end).replace(/^\n/, ''), end: end + 2 };
}

function shortString(text: ByteString, from: number): Quoted | undefined {
  const parts: string[] = [];
  for (let at = from + 1; at < text.length; at++) {
    const character = text[at] ?? '';
    if (character === text[from]) return { text: parts.join(''), end: at + 1 };
    if (character === '\n') return undefined;
    if (character !== '\\') parts.push(character);
    else {
      const letter = text[++at] ?? '';
      parts.push(ESCAPES[letter] ?? letter);
    }
  }
  return undefined;
}

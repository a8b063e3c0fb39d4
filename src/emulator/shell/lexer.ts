import type { Word, WordPart } from './syntax.ts';

export type Token =
  | {
      readonly kind: 'word';
      readonly word: Word /** When nothing in it is quoted or expanded. */;
      readonly plain: string | undefined;
    }
  | {
      readonly kind: 'operator';
      readonly text: string /** Of `2>`: the number before it. */;
      readonly descriptor?: number;
    };

const OPERATORS = [
  '&>>',
  '<<<',
  '&&',
  '||',
  ';;',
  '>>',
  '<<',
  '>&',
  '<&',
  '>|',
  '&>',
  '<>',
  ';',
  '&',
  '|',
  '<',
  '>',
  '(',
  ')',
];
const MOST_TOKENS = 4_096;
const ENDS_WORD = /[\s;&|<>()]/;

/** Splits a line as a POSIX shell does, in one pass. A text when it cannot: what dash says. */
export function tokensOf(line: string): readonly Token[] | string {
  const tokens: Token[] = [];
  let at = 0;
  while (at < line.length) {
    if (tokens.length > MOST_TOKENS) return 'Syntax error: word too long';
    const char = line[at] ?? '';
    if (char === '\n') {
      tokens.push({ kind: 'operator', text: ';' });
      at++;
    } else if (/\s/.test(char)) at++;
    else if (char === '#') {
      const end = line.indexOf('\n', at);
      at = end < 0 ? line.length : end;
    } else {
      const number = /\d/.test(char) && /[<>]/.test(line[at + 1] ?? '') ? Number(char) : undefined;
      const from = number === undefined ? at : at + 1;
      const operator = OPERATORS.find((one) => line.startsWith(one, from));
      if (operator !== undefined) {
        tokens.push({
          kind: 'operator',
          text: operator,
          ...(number === undefined ? {} : { descriptor: number }),
        });
        at = from + operator.length;
      } else {
        const read = readWord(line, at);
        if (typeof read === 'string') return read;
        tokens.push({ kind: 'word', word: read.parts, plain: read.plain });
        at = read.end;
      }
    }
  }
  return tokens;
}

interface ReadWord {
  readonly parts: Word;
  readonly plain: string | undefined;
  readonly end: number;
}

function readWord(line: string, start: number): ReadWord | string {
  const parts: WordPart[] = [];
  let text = '';
  let bare = true;
  let quoted = false;
  let at = start;
  const flush = (): void => {
    // An empty quoted text is a word too.
    if (text !== '' || (quoted && parts.length === 0)) parts.push({ kind: 'text', text, quoted });
    text = '';
  };
  while (at < line.length) {
    const char = line[at] ?? '';
    if (!quoted && ENDS_WORD.test(char)) break;
    if (char === "'" && !quoted) {
      const end = line.indexOf("'", at + 1);
      if (end < 0) return 'Syntax error: Unterminated quoted string';
      flush();
      parts.push({ kind: 'text', text: line.slice(at + 1, end), quoted: true });
      bare = false;
      at = end + 1;
    } else if (char === '"') {
      flush();
      quoted = !quoted;
      bare = false;
      at++;
    } else if (char === '\\') {
      const next = line[at + 1] ?? '';
      const literal = quoted && !['$', '`', '"', '\\', '\n'].includes(next);
      if (next !== '\n') text += literal ? char + next : next;
      if (!quoted && next !== '\n') {
        flush();
        const last = parts.pop();
        if (last !== undefined) parts.push({ ...last, quoted: true });
      }
      bare = false;
      at += 2;
    } else if (char === '$' || char === '`') {
      const expansion = readExpansion(line, at);
      if (typeof expansion === 'string') return expansion;
      if (expansion === undefined) {
        text += char;
        at++;
      } else {
        flush();
        parts.push({ kind: expansion.kind, text: expansion.text, quoted });
        bare = false;
        at = expansion.end;
      }
    } else {
      text += char;
      at++;
    }
  }
  if (quoted) return 'Syntax error: Unterminated quoted string';
  const plain = bare ? text : undefined;
  flush();
  return { parts, plain, end: at };
}

interface Expansion {
  readonly kind: WordPart['kind'];
  readonly text: string;
  readonly end: number;
}

/** `$name`, `${...}`, `$(...)`, `$((...))` and back-ticks. Undefined when the `$` stands for itself. */
function readExpansion(line: string, at: number): Expansion | string | undefined {
  if (line[at] === '`') {
    let end = at + 1;
    while (end < line.length && line[end] !== '`') end += line[end] === '\\' ? 2 : 1;
    if (end >= line.length) return 'Syntax error: EOF in backquote substitution';
    return { kind: 'command', text: line.slice(at + 1, end).replace(/\\([`$\\])/g, '$1'), end: end + 1 };
  }
  const next = line[at + 1] ?? '';
  if (next === '(') {
    const end = closing(line, at + 2);
    if (end < 0) return 'Syntax error: end of file unexpected (expecting ")")';
    const inner = line.slice(at + 2, end);
    if (inner.startsWith('(') && inner.endsWith(')')) {
      return { kind: 'arithmetic', text: inner.slice(1, -1), end: end + 1 };
    }
    return { kind: 'command', text: inner, end: end + 1 };
  }
  if (next === '{') {
    const end = line.indexOf('}', at);
    if (end < 0) return "Syntax error: Missing '}'";
    return { kind: 'variable', text: line.slice(at + 2, end), end: end + 1 };
  }
  const name = /^([A-Za-z_]\w{0,127}|[\d?$#!@*-])/.exec(line.slice(at + 1, at + 130))?.[0];
  return name === undefined ? undefined : { kind: 'variable', text: name, end: at + 1 + name.length };
}

/** The parenthesis that closes, quotes and nested ones passed over; -1 when there is none. */
function closing(line: string, start: number): number {
  let depth = 1;
  for (let at = start; at < line.length; at++) {
    const char = line[at];
    if (char === '\\') at++;
    else if (char === "'" || char === '"') {
      let end = at + 1;
      while (end < line.length && line[end] !== char) end += char === '"' && line[end] === '\\' ? 2 : 1;
      at = end;
    } else if (char === '(') depth++;
    else if (char === ')' && --depth === 0) return at;
  }
  return -1;
}

import type { ByteSet } from './byte-set.ts';
import type { Assertion, Node } from './node.ts';

/** The dialects a pattern is written in: V8's, without any flag, and RE2's. */
export type Dialect = 'v8' | 're2';

/** A newline is what `\n` is; V8's own `m` would also take carriage returns for one. */
const ASSERTIONS: Readonly<Record<Dialect, Readonly<Record<Assertion, string>>>> = {
  v8: {
    'text-start': '(?<![^])',
    'text-end': '(?![^])',
    'line-start': '(?<![^\\n])',
    'line-end': '(?![^\\n])',
    word: '\\b',
    'not-word': '\\B',
  },
  re2: {
    'text-start': '\\A',
    'text-end': '\\z',
    'line-start': '(?m:^)',
    'line-end': '(?m:$)',
    word: '\\b',
    'not-word': '\\B',
  },
};

export function emit(node: Node, dialect: Dialect): string {
  switch (node.kind) {
    case 'set':
      return emitSet(node.set);
    case 'seq':
      return node.items
        .map((item) => (item.kind === 'alt' ? `(?:${emit(item, dialect)})` : emit(item, dialect)))
        .join('');
    case 'alt':
      return node.options.map((option) => emit(option, dialect)).join('|');
    case 'group':
      return `(${emit(node.item, dialect)})`;
    case 'repeat':
      return `${emitRepeated(node.item, dialect)}${quantifier(node.min, node.max)}${node.lazy ? '?' : ''}`;
    case 'assert':
      return ASSERTIONS[dialect][node.what];
    case 'look':
      return `(?${node.behind ? '<' : ''}${node.negative ? '!' : '='}${emit(node.item, dialect)})`;
    case 'back':
      return `\\${node.index}(?:)`;
  }
}

function emitRepeated(item: Node, dialect: Dialect): string {
  const text = emit(item, dialect);
  return item.kind === 'set' || item.kind === 'group' ? text : `(?:${text})`;
}

function quantifier(min: number, max: number): string {
  if (max === Infinity) return min === 0 ? '*' : min === 1 ? '+' : `{${min},}`;
  if (min === 0 && max === 1) return '?';
  return min === max ? `{${min}}` : `{${min},${max}}`;
}

function emitSet(set: ByteSet): string {
  const ranges = set.ranges();
  const [only] = ranges;
  if (only === undefined) return '[^\\x00-\\xff]';
  if (ranges.length === 1 && only[0] === only[1]) return emitByte(only[0]);
  return `[${ranges.map(([from, to]) => (from === to ? emitByte(from) : `${emitByte(from)}-${emitByte(to)}`)).join('')}]`;
}

function emitByte(byte: number): string {
  const character = String.fromCharCode(byte);
  return /[A-Za-z0-9]/.test(character) ? character : `\\x${byte.toString(16).padStart(2, '0')}`;
}

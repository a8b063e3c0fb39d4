import type { ByteString } from '../../model/bytes.ts';
import { ByteSet, DIGIT, SPACE, WORD } from './byte-set.ts';
import { PatternFault } from './fault.ts';
import type { Node } from './node.ts';

const HORIZONTAL = ByteSet.of(0x09, 0x20, 0xa0);
const VERTICAL = ByteSet.of([0x0a, 0x0d], 0x85);

/** What `\d` and its like stand for, within a class and outside. */
export const SHORTHANDS: Readonly<Record<string, ByteSet>> = {
  d: DIGIT,
  D: DIGIT.not(),
  w: WORD,
  W: WORD.not(),
  s: SPACE,
  S: SPACE.not(),
  h: HORIZONTAL,
  H: HORIZONTAL.not(),
  v: VERTICAL,
  V: VERTICAL.not(),
  N: ByteSet.of(0x0a).not(),
};

const ASSERTIONS: Readonly<Record<string, Node>> = {
  b: { kind: 'assert', what: 'word' },
  B: { kind: 'assert', what: 'not-word' },
  A: { kind: 'assert', what: 'text-start' },
  z: { kind: 'assert', what: 'text-end' },
  Z: {
    kind: 'seq',
    items: [
      { kind: 'repeat', item: { kind: 'set', set: ByteSet.of(0x0a) }, min: 0, max: 1, lazy: false },
      { kind: 'assert', what: 'text-end' },
    ],
  },
};

const LINE_BREAK: Node = {
  kind: 'alt',
  options: [
    {
      kind: 'seq',
      items: [
        { kind: 'set', set: ByteSet.of(0x0d) },
        { kind: 'set', set: ByteSet.of(0x0a) },
      ],
    },
    { kind: 'set', set: VERTICAL },
  ],
};

/** `at` is behind the backslash, `end` behind the escape. */
export function readEscape(text: ByteString, at: number, fold: boolean): { node: Node; end: number } {
  const letter = text[at];
  if (letter === undefined) throw new PatternFault('a backslash stands at the end');
  const shorthand = SHORTHANDS[letter];
  if (shorthand !== undefined) return { node: { kind: 'set', set: shorthand }, end: at + 1 };
  const assertion = ASSERTIONS[letter];
  if (assertion !== undefined) return { node: assertion, end: at + 1 };
  if (letter === 'R') return { node: LINE_BREAK, end: at + 1 };
  const reference = /^[1-9]\d?/.exec(text.slice(at, at + 2))?.[0];
  if (reference !== undefined)
    return { node: { kind: 'back', index: Number(reference) }, end: at + reference.length };
  const { byte, end } = readByte(text, at);
  const set = ByteSet.of(byte);
  return { node: { kind: 'set', set: fold ? set.withBothCases() : set }, end };
}

const CONTROLS: Readonly<Record<string, number>> = { n: 10, r: 13, t: 9, f: 12, a: 7, e: 27 };

/** One byte written as an escape; `at` is behind the backslash. */
export function readByte(text: ByteString, at: number): { byte: number; end: number } {
  const rest = text.slice(at, at + 12);
  const hex = /^x(?:\{([0-9a-fA-F]{1,8})\}|([0-9a-fA-F]{0,2}))/.exec(rest);
  if (hex !== null) {
    const byte = Number.parseInt(hex[1] ?? (hex[2] || '0'), 16);
    if (byte > 255) throw new PatternFault(`\\${hex[0]} is not a byte`);
    return { byte, end: at + hex[0].length };
  }
  const octal = /^0[0-7]{0,2}/.exec(rest)?.[0];
  if (octal !== undefined) return { byte: Number.parseInt(octal, 8), end: at + octal.length };
  const [letter = ''] = rest;
  const control = CONTROLS[letter];
  if (control !== undefined) return { byte: control, end: at + 1 };
  if (/[A-Za-z]/.test(letter)) throw new PatternFault(`the escape \\${letter} is not supported`);
  return { byte: letter.charCodeAt(0) & 0xff, end: at + 1 };
}

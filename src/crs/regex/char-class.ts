import type { ByteString } from '../../model/bytes.ts';
import { ByteSet, DIGIT, NONE, SPACE, WORD } from './byte-set.ts';
import { readByte, SHORTHANDS } from './escape.ts';
import { PatternFault } from './fault.ts';

const UPPER = ByteSet.of([0x41, 0x5a]);
const LOWER = ByteSet.of([0x61, 0x7a]);
const PRINT = ByteSet.of([0x20, 0x7e]);
const POSIX: Readonly<Record<string, ByteSet>> = {
  alpha: UPPER.or(LOWER),
  alnum: UPPER.or(LOWER).or(DIGIT),
  ascii: ByteSet.of([0, 127]),
  blank: ByteSet.of(9, 32),
  cntrl: ByteSet.of([0, 31], 127),
  digit: DIGIT,
  graph: ByteSet.of([0x21, 0x7e]),
  lower: LOWER,
  print: PRINT,
  punct: ByteSet.of([0x21, 0x2f], [0x3a, 0x40], [0x5b, 0x60], [0x7b, 0x7e]),
  space: SPACE,
  upper: UPPER,
  word: WORD,
  xdigit: ByteSet.of([0x30, 0x39], [0x41, 0x46], [0x61, 0x66]),
};

/**
 * `[...]`; `start` is behind the opening bracket. The set is a question of letter case, which has to be asked before
 * the class is negated.
 */
export function parseClass(
  text: ByteString,
  start: number,
): { set: (fold: boolean) => ByteSet; end: number } {
  let at = start;
  const negated = text[at] === '^';
  if (negated) at += 1;
  let set = NONE;
  // A bracket that stands first is one of the members.
  for (let first = true; text[at] !== ']' || first; first = false) {
    const from = member(text, at);
    at = from.end;
    const isRange =
      typeof from.value === 'number' && text[at] === '-' && text[at + 1] !== ']' && at + 1 < text.length;
    if (!isRange) {
      set = set.or(typeof from.value === 'number' ? ByteSet.of(from.value) : from.value);
      continue;
    }
    const to = member(text, at + 1);
    at = to.end;
    if (typeof from.value !== 'number') continue;
    // PCRE takes `a-\d` for three members.
    if (typeof to.value !== 'number') set = set.or(ByteSet.of(from.value, 0x2d)).or(to.value);
    else if (to.value < from.value) throw new PatternFault('a range of a class runs backwards');
    else set = set.or(ByteSet.of([from.value, to.value]));
  }
  return {
    set: (fold) => {
      const cased = fold ? set.withBothCases() : set;
      return negated ? cased.not() : cased;
    },
    end: at + 1,
  };
}

function member(text: ByteString, at: number): { value: number | ByteSet; end: number } {
  const character = text[at];
  if (character === undefined) throw new PatternFault('a class is not closed');
  const posix = character === '[' ? /^\[:(\^?)([a-z]+):\]/.exec(text.slice(at, at + 14)) : null;
  if (posix !== null) {
    const set = POSIX[posix[2] ?? ''];
    if (set === undefined) throw new PatternFault(`the class ${posix[0]} is not known`);
    return { value: posix[1] === '^' ? set.not() : set, end: at + posix[0].length };
  }
  if (character !== '\\') return { value: character.charCodeAt(0) & 0xff, end: at + 1 };
  const letter = text[at + 1];
  if (letter === undefined) throw new PatternFault('a class is not closed');
  const shorthand = SHORTHANDS[letter];
  if (shorthand !== undefined) return { value: shorthand, end: at + 2 };
  if (letter === 'b') return { value: 8, end: at + 2 };
  const octal = /^[0-7]{1,3}/.exec(text.slice(at + 1, at + 4))?.[0];
  if (octal !== undefined) return { value: Number.parseInt(octal, 8) & 0xff, end: at + 1 + octal.length };
  const { byte, end } = readByte(text, at + 1);
  return { value: byte, end };
}

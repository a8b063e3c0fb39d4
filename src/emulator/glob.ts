import type { ByteString } from '../model/bytes.ts';

/** Steps that one command may spend on matching; a pattern and names that need more do not match. */
export interface GlobBudget {
  left: number;
}

export function globBudget(): GlobBudget {
  return { left: 20_000_000 };
}

/**
 * Redis's glob (stringmatchlen): `*`, `?`, `[a-z]`, `[^a]`, backslash. One star is remembered at a time, so the work
 * is at most pattern times text, never exponential; the budget bounds that too.
 */
export function globMatches(pattern: ByteString, text: ByteString, budget = globBudget()): boolean {
  if (pattern === '*') return true;
  const { codes, classes } = compiled(pattern);
  const { length } = codes;
  let at = 0;
  let of = 0;
  let starAt = -1;
  let starOf = 0;
  while (of < text.length) {
    if (--budget.left < 0) return false;
    const code = at < length ? (codes[at] ?? END) : END;
    if (
      code >= 0 ? code === text.charCodeAt(of) : code === ANY || isIn(classes[at], code, text.charCodeAt(of))
    ) {
      at++;
      of++;
    } else if (code === STAR) {
      starAt = ++at;
      starOf = of;
    } else if (starAt >= 0) {
      at = starAt;
      of = ++starOf;
    } else {
      return false;
    }
  }
  while (codes[at] === STAR) at++;
  return at >= length;
}

/** One number a token: a character code, or one of these. */
const STAR = -1;
const ANY = -2;
const CLASS = -3;
const END = -4;

interface Compiled {
  readonly codes: Int16Array;
  /** By token: a bit for each of the 256 bytes. */
  readonly classes: readonly (Uint32Array | undefined)[];
}

function isIn(members: Uint32Array | undefined, code: number, character: number): boolean {
  return code === CLASS && ((members?.[character >> 5] ?? 0) & (1 << (character & 31))) !== 0;
}

/** Patterns that were used lately; long ones are not worth the room, other than the last. */
const CACHED = new Map<ByteString, Compiled>();
const MOST_CACHED = 64;
const LONGEST_CACHED = 128;
let last: { readonly pattern: ByteString; readonly result: Compiled } | undefined;

function compiled(pattern: ByteString): Compiled {
  if (last?.pattern === pattern) return last.result;
  const short = pattern.length <= LONGEST_CACHED;
  const known = short ? CACHED.get(pattern) : undefined;
  const result = known ?? compile(pattern);
  last = { pattern, result };
  if (short && known === undefined) {
    if (CACHED.size >= MOST_CACHED) CACHED.clear();
    CACHED.set(pattern, result);
  }
  return result;
}

function compile(pattern: ByteString): Compiled {
  const codes = new Int16Array(pattern.length);
  const classes: (Uint32Array | undefined)[] = [];
  let count = 0;
  for (let at = 0; at < pattern.length; at++) {
    const token = pattern[at];
    let code = pattern.charCodeAt(at);
    if (token === '*') code = STAR;
    else if (token === '?') code = ANY;
    else if (token === '\\' && at + 1 < pattern.length) code = pattern.charCodeAt(++at);
    else if (token === '[') {
      const { members, end } = readClass(pattern, at);
      classes[count] = members;
      code = CLASS;
      at = end;
    }
    codes[count++] = code;
  }
  return { codes: codes.subarray(0, count), classes };
}

/** The class that begins at `from`, and its last character. */
function readClass(pattern: ByteString, from: number): { members: Uint32Array; end: number } {
  const members = new Uint32Array(8);
  let at = from + 1;
  const negated = pattern[at] === '^';
  if (negated) at++;
  while (at < pattern.length && pattern[at] !== ']') {
    const escaped = pattern[at] === '\\' && at + 1 < pattern.length;
    if (escaped) at++;
    let low = pattern.charCodeAt(at);
    let high = low;
    if (!escaped && pattern[at + 1] === '-' && at + 2 < pattern.length) {
      high = pattern.charCodeAt(at + 2);
      at += 3;
    } else at++;
    if (low > high) [low, high] = [high, low];
    for (let code = low; code <= high; code++)
      members[code >> 5] = (members[code >> 5] ?? 0) | (1 << (code & 31));
  }
  if (negated) for (let word = 0; word < members.length; word++) members[word] = ~(members[word] ?? 0);
  return { members, end: Math.min(at, pattern.length - 1) };
}

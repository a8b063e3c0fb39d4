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
  let at = 0;
  let of = 0;
  let starAt = -1;
  let starOf = 0;
  while (of < text.length) {
    if (--budget.left < 0) return false;
    const step =
      at < pattern.length && pattern[at] !== '*' ? matchOne(pattern, at, text[of] ?? '', budget) : 0;
    if (step > 0) {
      at += step;
      of++;
    } else if (pattern[at] === '*') {
      starAt = ++at;
      starOf = of;
    } else if (starAt >= 0) {
      at = starAt;
      of = ++starOf;
    } else {
      return false;
    }
  }
  while (pattern[at] === '*') at++;
  return at >= pattern.length;
}

/** How many characters of the pattern match this one character; 0 when none do. */
function matchOne(pattern: ByteString, at: number, character: string, budget: GlobBudget): number {
  const token = pattern[at];
  if (token === '?') return 1;
  if (token === '[') return matchClass(pattern, at, character, budget);
  if (token === '\\' && at + 1 < pattern.length) return pattern[at + 1] === character ? 2 : 0;
  return token === character ? 1 : 0;
}

function matchClass(pattern: ByteString, from: number, character: string, budget: GlobBudget): number {
  let at = from + 1;
  const negated = pattern[at] === '^';
  if (negated) at++;
  let found = false;
  while (at < pattern.length && pattern[at] !== ']') {
    if (pattern[at] === '\\' && at + 1 < pattern.length) at++;
    const low = pattern[at] ?? '';
    if (pattern[at + 1] === '-' && at + 2 < pattern.length) {
      const high = pattern[at + 2] ?? '';
      const [first, last] = low <= high ? [low, high] : [high, low];
      found ||= character >= first && character <= last;
      at += 3;
    } else {
      found ||= character === low;
      at++;
    }
  }
  budget.left -= at - from;
  return found === negated ? 0 : Math.min(at, pattern.length - 1) - from + 1;
}

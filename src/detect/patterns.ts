import { RE2JS } from 're2js';
import { bytesFromText } from '../model/bytes.ts';
import type { Found, Layer, Search } from './act-text.ts';
import type { Pattern } from './rule.ts';

/** A pattern made ready: linear in the text, whatever the text is. */
export interface Matcher {
  find(layer: Layer): Found | undefined;
}

/** Throws with re2js's words when the expression is not one. */
export function compiled(expression: string, literals: readonly string[] = []): Matcher {
  const re = RE2JS.compile(bytesFromText(expression), RE2JS.CASE_INSENSITIVE);
  const wanted = literals.map((literal) => bytesFromText(literal).toLowerCase());
  const search: Search = (layer) => {
    if (wanted.length > 0 && !wanted.some((literal) => layer.lower.includes(literal))) return undefined;
    const matcher = re.matcher(layer.text);
    return matcher.find() ? { layer, at: matcher.start() } : undefined;
  };
  return {
    find: (layer) => {
      // Many rules ask for the same pattern in the same text: each layer is searched once.
      const before = layer.found.get(search);
      if (before !== undefined) return before === NOWHERE ? undefined : before;
      const found = search(layer);
      layer.found.set(search, found ?? NOWHERE);
      return found;
    },
  };
}

const NOWHERE = 'nowhere';

export type PatternBook = ReadonlyMap<string, Matcher>;

export function patternBook(patterns: readonly Pattern[]): PatternBook {
  return new Map(patterns.map(({ pattern, re, contains }) => [pattern, compiled(re, contains)]));
}

import { RE2JS } from 're2js';
import type { ByteString } from '../model/bytes.ts';
import { bytesFromText } from '../model/bytes.ts';
import type { Layer } from './act-text.ts';
import type { Pattern } from './rule.ts';

/** Where a pattern was found in a layer. */
export interface Found {
  readonly layer: Layer;
  readonly at: number;
}

/** A pattern made ready: linear in the text, whatever the text is. */
export interface Matcher {
  find(layer: Layer): Found | undefined;
}

/** Throws with re2js's words when the expression is not one. */
export function compiled(expression: string, literals: readonly string[] = []): Matcher {
  const re = RE2JS.compile(expression, RE2JS.CASE_INSENSITIVE);
  const wanted = literals.map((literal) => bytesFromText(literal).toLowerCase());
  const search = (layer: Layer): Found | undefined => {
    if (wanted.length > 0 && !wanted.some((literal) => layer.lower.includes(literal))) return undefined;
    const matcher = re.matcher(layer.text);
    return matcher.find() ? { layer, at: matcher.start() } : undefined;
  };
  // Many rules ask for the same pattern in the same text: each layer is searched once.
  const known = new WeakMap<Layer, Found | 'nowhere'>();
  return {
    find: (layer) => {
      const before = known.get(layer);
      if (before !== undefined) return before === 'nowhere' ? undefined : before;
      const found = search(layer);
      known.set(layer, found ?? 'nowhere');
      return found;
    },
  };
}

export type PatternBook = ReadonlyMap<string, Matcher>;

export function patternBook(patterns: readonly Pattern[]): PatternBook {
  return new Map(patterns.map(({ pattern, re, contains }) => [pattern, compiled(re, contains)]));
}

/** The bytes of an example or a value as one layer. */
export function layerOf(text: ByteString): Layer {
  return { text, lower: text.toLowerCase() };
}

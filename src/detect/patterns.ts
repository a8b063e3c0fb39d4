import { RE2JS } from 're2js';
import { bytesFromText } from '../model/bytes.ts';
import type { Found, Layer, Search } from './act-text.ts';
import { literalScan } from './literal-scan.ts';
import { nativePatterns } from './native-patterns.ts';
import type { Pattern } from './rule.ts';

/** A pattern made ready: linear in the text, whatever the text is. */
export interface Matcher {
  find(layer: Layer): Found | undefined;
}

/** Throws with re2js's words when the expression is not one. */
export function compiled(expression: string): Matcher {
  const re = RE2JS.compile(bytesFromText(expression), RE2JS.CASE_INSENSITIVE);
  return remembered((layer) => {
    const matcher = re.matcher(layer.text);
    return matcher.find() ? { layer, at: matcher.start() } : undefined;
  });
}

/** Many rules ask for the same pattern in the same text: each layer is searched once. */
export function remembered(search: Search): Matcher {
  return {
    find: (layer) => {
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

/** Throws with re2js's words when an expression is not one. */
export function patternBook(patterns: readonly Pattern[]): PatternBook {
  const slow = patterns.map(({ re }) => compiled(re));
  const worthTrying = candidates(patterns);
  const fast = nativePatterns(patterns.map(({ re }) => re));
  const search = (index: number, layer: Layer): Found | undefined => {
    layer.searched ??= new Map();
    const book = layer.searched.get(patterns) ?? { worth: worthTrying(layer), at: undefined };
    layer.searched.set(patterns, book);
    if (!book.worth.has(index)) return undefined;
    // The first pattern that is asked for has all of them looked for that are worth it.
    book.at ??= fast(layer.text, book.worth) ?? 'slow';
    if (book.at === 'slow') return slow[index]?.find(layer);
    const at = book.at.get(index);
    return at === undefined ? undefined : { layer, at };
  };
  return new Map(
    patterns.map(({ pattern }, index) => [pattern, remembered((layer) => search(index, layer))]),
  );
}

/** Which patterns are worth trying in a text, found in one pass over it. */
function candidates(patterns: readonly Pattern[]): (layer: Layer) => ReadonlySet<number> {
  const lowered = (words: readonly string[]): string[] =>
    words.map((word) => bytesFromText(word).toLowerCase());
  const groups = patterns.flatMap(({ contains, also }) => [lowered(contains), lowered(also ?? [])]);
  let scan: ReturnType<typeof literalScan> | undefined;
  return ({ lower }) => {
    scan ??= literalScan(groups);
    const found = scan.groupsIn(lower);
    const worth = new Set<number>();
    for (const [index, { also, longest }] of patterns.entries()) {
      if (!found.has(2 * index) || (also !== undefined && !found.has(2 * index + 1))) continue;
      if (longest === undefined || lower.length <= longest) worth.add(index);
    }
    return worth;
  };
}

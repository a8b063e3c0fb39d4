import { isHtmlInjection, sqlFingerprint } from '../content/injection.ts';
import type { Matcher } from './patterns.ts';
import { remembered } from './patterns.ts';

/**
 * Fingerprints that ordinary sentences have: an apostrophe, a hyphen, a bracket and a word that SQL knows. Measured on English
 * prose; what a real injection with one of them looks like is told by the patterns.
 */
const OF_PROSE = new Set(['sos', 's&sos', 'snsos']);

/** What cannot be SQL, or HTML that runs, without one of these is not worth asking about. */
const WORTH = {
  sql: /['"`(]|--|#|\/\*|\b(?:union|or|and|having|order)\b|\|\||&&|;/i,
  html: /[<>]|on[a-z]{4,}\s*=|javascript:|&#/i,
};
const SHORTEST = 5;
/** Longer texts are prose more often than SQL, and the patterns tell the SQL in them. */
const LONGEST = 400;

const MATCHERS: Readonly<Record<'sql' | 'html', Matcher>> = {
  sql: remembered((layer) =>
    isWorth(layer.text, WORTH.sql) && isSql(layer.text) ? { layer, at: 0 } : undefined,
  ),
  html: remembered((layer) =>
    isWorth(layer.text, WORTH.html) && isHtmlInjection(layer.text) ? { layer, at: 0 } : undefined,
  ),
};

export function injectionMatcher(kind: 'sql' | 'html'): Matcher {
  return MATCHERS[kind];
}

function isWorth(text: string, worth: RegExp): boolean {
  return text.length >= SHORTEST && text.length <= LONGEST && worth.test(text);
}

function isSql(text: string): boolean {
  const fingerprint = sqlFingerprint(text);
  return fingerprint !== undefined && !OF_PROSE.has(fingerprint);
}

import type { ByteString } from '../model/bytes.ts';
import { percentDecoded } from './percent.ts';

/** A parameter as an application would see it: decoded once. */
export interface Pair {
  readonly name: ByteString;
  readonly value: ByteString;
}

/** Parameters of one request that are looked at; what comes after stays in the act. */
export const MOST_PAIRS = 512;

/** `a=1&b=2` as of a query or a form. */
export function urlencodedPairs(text: ByteString): Pair[] {
  const pairs: Pair[] = [];
  for (let from = 0; from < text.length && pairs.length < MOST_PAIRS; ) {
    let to = text.indexOf('&', from);
    if (to < 0) to = text.length;
    const part = text.slice(from, to);
    from = to + 1;
    if (part === '') continue;
    const equals = part.indexOf('=');
    const name = percentDecoded(equals < 0 ? part : part.slice(0, equals), true);
    pairs.push({ name, value: equals < 0 ? '' : percentDecoded(part.slice(equals + 1), true) });
  }
  return pairs;
}

/** `a=1; b=2` as of a Cookie header. */
export function cookiePairs(header: ByteString): Pair[] {
  return header
    .split(';', MOST_PAIRS)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const equals = part.indexOf('=');
      const name = percentDecoded(equals < 0 ? '' : part.slice(0, equals));
      return { name, value: percentDecoded(equals < 0 ? part : part.slice(equals + 1)) };
    });
}

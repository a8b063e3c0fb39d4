import type { ByteString } from '../model/bytes.ts';
import { bytesFromText } from '../model/bytes.ts';
import type { Pair } from './pairs.ts';
import { MOST_PAIRS } from './pairs.ts';

const DEEPEST = 32;
/** Bytes of a path; what is below a longer one is named by its own key. */
const LONGEST = 256;

/** Every scalar of a JSON document, named by its path (`user.roles.0`); undefined when it is no JSON. */
export function jsonPairs(body: ByteString): Pair[] | undefined {
  let document: unknown;
  try {
    document = JSON.parse(Buffer.from(body, 'latin1').toString('utf8'));
  } catch {
    return undefined;
  }
  const pairs: Pair[] = [];
  const walk = (value: unknown, name: string, depth: number): void => {
    if (pairs.length >= MOST_PAIRS || depth > DEEPEST) return;
    if (typeof value !== 'object' || value === null) {
      pairs.push({ name: bytesFromText(name), value: bytesFromText(String(value)) });
      return;
    }
    for (const [key, inner] of Object.entries(value)) {
      const path = name === '' ? key : `${name}.${key}`;
      if (path.length <= LONGEST) walk(inner, path, depth + 1);
      else {
        // Said once, and not again before every value below it.
        if (pairs.length < MOST_PAIRS) pairs.push({ name: bytesFromText(key), value: '' });
        walk(inner, '', depth + 1);
      }
    }
  };
  walk(document, '', 0);
  return pairs;
}

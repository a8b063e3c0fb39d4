import type { ByteString } from '../../model/bytes.ts';
import type { Leak, LeakDetector } from './leak.ts';
import { MOST_LEAKS_A_VALUE } from './leak.ts';
import { words } from './words.ts';

const LONGEST_TOKEN = 8_192;
const SHORTEST_SIGNATURE = 16;

/** JSON web tokens: three parts, of which the first two are JSON and the first names an algorithm. */
export const webTokens: LeakDetector = (text) => {
  const leaks: Leak[] = [];
  if (!text.includes('eyJ')) return leaks;
  for (const word of words(text, LONGEST_TOKEN)) {
    if (leaks.length >= MOST_LEAKS_A_VALUE) break;
    if (!word.startsWith('eyJ')) continue;
    const [head = '', body = '', signature = '', ...more] = word.split('.', 4);
    if (more.length > 0 || signature.length < SHORTEST_SIGNATURE) continue;
    if (!('alg' in (jsonPart(head) ?? {})) || jsonPart(body) === undefined) continue;
    leaks.push({ kind: 'web-token', title: 'signed web token (JWT)', severity: 'low', secret: word });
  }
  return leaks;
};

function jsonPart(part: ByteString): object | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}

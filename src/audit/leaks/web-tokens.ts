import type { ByteString } from '../../model/bytes.ts';
import type { Leak, LeakDetector } from './leak.ts';
import { MOST_LEAKS_A_VALUE } from './leak.ts';
import { beginsWord } from './word-start.ts';

const LONGEST_TOKEN = 8_192;
const SHORTEST_SIGNATURE = 16;

/** JSON web tokens: three parts, of which the first two are JSON and the first names an algorithm. */
export const webTokens: LeakDetector = (text) => {
  const leaks: Leak[] = [];
  let past = 0;
  for (let at = text.indexOf('eyJ'); at >= 0; at = text.indexOf('eyJ', Math.max(past, at + 3))) {
    if (leaks.length >= MOST_LEAKS_A_VALUE) break;
    const run = /^[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/.exec(
      text.slice(at, at + LONGEST_TOKEN),
    )?.[0];
    if (run === undefined) {
      // Without a first dot behind it there is none in this run; the rest of it need not be tried.
      past = at + (/^[A-Za-z0-9_-]+/.exec(text.slice(at, at + LONGEST_TOKEN))?.[0].length ?? 3);
      continue;
    }
    past = at + run.length;
    const [head = '', body = '', signature = ''] = run.split('.', 3);
    const algorithm = jsonPart(head)?.['alg'];
    if (
      typeof algorithm !== 'string' ||
      jsonPart(body) === undefined ||
      !beginsWord(text, at, run.length & 0xff)
    )
      continue;
    const unsigned = algorithm.toLowerCase() === 'none';
    if (!unsigned && signature.length < SHORTEST_SIGNATURE) continue;
    leaks.push({
      kind: 'web-token',
      title: unsigned ? 'unsigned web token (JWT, alg none)' : 'signed web token (JWT)',
      severity: 'low',
      secret: run,
    });
  }
  return leaks;
};

function jsonPart(part: ByteString): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return typeof value === 'object' && value !== null ? { ...value } : undefined;
  } catch {
    return undefined;
  }
}

import { numberOf } from '../answer-values.ts';
import type { Check } from '../check.ts';
import { shown } from '../shown.ts';
import { observes } from './observe.ts';

/** More NOAUTH lines than fit into the fixed buffer of a client, which has 16 KiB. */
const MANY = 700;
/** First fixed release of each line; distributions also fix older ones, so about those nothing is said. */
const FIXED: Readonly<Record<'redis' | 'valkey', readonly string[]>> = {
  redis: ['7.2.8', '7.4.3', '8.0.0'],
  valkey: ['7.2.9', '8.0.3', '8.1.1'],
};

/** Needs the password, because a locked server does not tell its version. */
export const strangersCheck: Check = observes(
  {
    id: 'P16.output',
    title: 'a stranger who is told NOAUTH too often is hung up on',
    why: 'Since CVE-2025-21605 was fixed, what waits for somebody who has not logged in is bounded.',
    source: 'measured on locked 8.0.2 and Valkey 8.1.1 (and on Debian’s 7.0.15)',
  },
  async ({ dial, server }) => {
    if (!isFixed(server.engine, server.version)) return undefined;
    const line = await dial();
    const first = await line.ask('PING');
    if (first.kind !== 'error' || !first.text.startsWith('NOAUTH')) return undefined;
    line.send('PING\r\n'.repeat(MANY));
    const got = await line.heard((text) => text !== '');
    return got === '<closed>'
      ? undefined
      : {
          saw: `${MANY} PING at once → ${shown({ kind: 'garbage', text: got.slice(0, 80) })}`,
          expected: 'the end of the connection, and nothing before it',
        };
  },
);

function isFixed(engine: 'redis' | 'valkey', version: string): boolean {
  const [major = 0, minor = 0, patch = 0] = version
    .split('.')
    .map((part) => numberOf({ kind: 'simple', text: part }) ?? 0);
  const line = FIXED[engine].find((fixed) => fixed.startsWith(`${major}.${minor}.`));
  if (line !== undefined) return patch >= Number(line.split('.')[2]);
  return major > 8 || (major === 8 && minor > 0 && engine === 'redis') || (major === 8 && minor > 1);
}

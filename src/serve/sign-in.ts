import { createHash, timingSafeEqual } from 'node:crypto';
import type { HttpBindings } from '@hono/node-server';
import type { MiddlewareHandler } from 'hono';
import type { Clock } from '../platform/clock.ts';

/** Wrong passwords that one address may send within a minute. */
const MOST_WRONG = 10;
const MINUTE = 60_000;
const MOST_ADDRESSES = 10_000;

interface Wrong {
  count: number;
  readonly since: number;
}

/**
 * Lets in who knows the password: as HTTP Basic with any user name (browsers ask for it by themselves), or as a bearer
 * token, or, as CrowdSec's bouncers do, in X-Api-Key. `/healthz` needs none. An address that keeps guessing has to wait.
 */
export function requirePassword(password: string, clock: Clock): MiddlewareHandler {
  const wanted = digest(password);
  const wrong = new Map<string, Wrong>();

  return async (context, next) => {
    if (context.req.path === '/healthz') return next();
    const address = (context.env as Partial<HttpBindings>).incoming?.socket.remoteAddress ?? '';
    const now = clock.monotonic();
    const before = wrong.get(address);
    if (before !== undefined && now - before.since > MINUTE) wrong.delete(address);
    else if (before !== undefined && before.count >= MOST_WRONG) {
      return context.text('Too many wrong passwords. Wait a minute.\n', 429, { 'retry-after': '60' });
    }
    const header = context.req.header('authorization');
    const given = context.req.header('x-api-key') ?? passwordOf(header);
    if (given !== undefined && timingSafeEqual(digest(given), wanted)) {
      wrong.delete(address);
      return next();
    }
    if (header !== undefined || given !== undefined) {
      if (wrong.size >= MOST_ADDRESSES) wrong.clear();
      const { count = 0, since = now } = wrong.get(address) ?? {};
      wrong.set(address, { count: count + 1, since });
    }
    return context.text('The dashboard asks for its password (any user name), or a bearer token.\n', 401, {
      'www-authenticate': 'Basic realm="Sundew", charset="UTF-8"',
    });
  };
}

function passwordOf(header = ''): string | undefined {
  const space = header.indexOf(' ');
  const scheme = header.slice(0, Math.max(space, 0)).toLowerCase();
  const value = header.slice(space + 1);
  if (scheme === 'bearer') return value;
  if (scheme !== 'basic') return undefined;
  const text = Buffer.from(value, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? undefined : text.slice(colon + 1);
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

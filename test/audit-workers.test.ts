import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { verifyLog } from '../src/audit/scope/log/verify-log.ts';
import type { WorkersWanted } from '../src/cli/audit/run.ts';
import { auditAll } from '../src/cli/audit/run.ts';
import { openScope } from '../src/cli/audit/scope-options.ts';
import { wantedServers } from '../src/cli/audit/targets.ts';
import type { AuditReport } from '../src/model/audit-report.ts';
import { systemClock } from '../src/platform/clock.ts';
import { seededRandom } from '../src/platform/random.ts';
import { temporaryData } from './peers/data-folder.ts';
import { freePort } from './peers/ports.ts';
import type { RealRedis } from './peers/redis-server.ts';
import { startRedis } from './peers/redis-server.ts';
import { shippedKnowledge } from './peers/shipped-knowledge.ts';

/** One real server on all loopback addresses: an audit cannot tell that it is not as many. */
let open: RealRedis;
let locked: RealRedis;
let closed: number;
beforeAll(async () => {
  [open, locked, closed] = await Promise.all([
    startRedis('--bind', '0.0.0.0', '--protected-mode', 'no'),
    startRedis('--requirepass', 'test'),
    freePort(),
  ]);
});
afterAll(() => Promise.all([open.stop(), locked.stop()]));

const SERVERS = 256;
const knowledge = shippedKnowledge();
const TWO: WorkersWanted = {
  count: 2,
  beyond: 100,
  knowledge: { rules: [], indicators: [], cves: undefined },
};

async function run(workers: WorkersWanted | undefined, abortAfter = Infinity) {
  const data = temporaryData().SUNDEW_DATA;
  const reports: AuditReport[] = [];
  const abort = new AbortController();
  const count = (): void => {
    if (reports.length >= abortAfter) abort.abort();
  };
  const context = {
    terminal: {
      out: () => Promise.resolve(),
      err: () => undefined,
      status: () => undefined,
      interactive: false,
      colour: { out: false, err: false },
      width: 0,
    },
    clock: systemClock,
    random: seededRandom(7),
    version: '0',
    signal: abort.signal,
  };
  const scope = await openScope({ authorization: [], optOut: [] }, data, context);
  const words = [`127.2.0.0/24:${open.port}`, `127.0.0.1:${locked.port}`, `127.0.0.1:${closed}`];
  const asking = auditAll(
    wantedServers({ words }),
    knowledge,
    {
      ...scope,
      depth: 'L1',
      workers,
      each: (report) => {
        reports.push(report);
        count();
      },
    },
    context,
  );
  const ended = await asking.then(
    () => undefined,
    (error: unknown) => (error instanceof Error ? error.message : 'it failed'),
  );
  const folder = join(data, 'audit-log');
  return { reports, ended, folder, log: await verifyLog(folder) };
}

function comparable(reports: readonly AuditReport[]): Map<string, unknown> {
  return new Map(
    reports.map(({ target, outcome, axes, findings, checks, commandsSent }) => [
      target,
      {
        outcome,
        answers: Object.entries(axes).map(([axis, { answer }]) => [axis, answer]),
        rules: findings.map(({ rule }) => rule),
        checks: checks.map(({ id, result }) => [id, result]),
        commandsSent,
      },
    ]),
  );
}

function sum(files: readonly { readonly commands: number; readonly dialled: number }[]): number[] {
  return [
    files.reduce((all, { commands }) => all + commands, 0),
    files.reduce((all, { dialled }) => all + dialled, 0),
  ];
}

describe('an audit of many servers in several threads', () => {
  test('reports, and logs, what one thread does', async () => {
    const alone = await run(undefined);
    const together = await run(TWO);

    expect(together.ended).toBe(undefined);
    expect(together.reports.length).toBe(SERVERS + 2);
    expect(comparable(together.reports)).toEqual(comparable(alone.reports));
    expect(new Set(together.reports.map(({ outcome }) => outcome))).toEqual(
      new Set(['audited', 'auth-required', 'refused']),
    );
    expect(together.log.missing).toEqual([]);
    expect(together.log.files.map(({ state, header }) => [state, header?.worker])).toEqual([
      ['whole', undefined],
      ['whole', 1],
      ['whole', 2],
    ]);
    expect(sum(together.log.files)).toEqual(sum(alone.log.files));
    expect(together.log.files.slice(1).every(({ dialled }) => dialled > 0)).toBe(true);
  });

  test('starts none for a few', async () => {
    const { ended, folder } = await run({ ...TWO, beyond: 10_000 }, 5);

    expect(ended).toBe(undefined);
    expect(readdirSync(folder)).toHaveLength(1);
  });

  test('ends when it is told to, with the reports it has', async () => {
    const { reports, ended, log } = await run(TWO, 10);

    expect(ended).toBe(undefined);
    expect(reports.length).toBeGreaterThanOrEqual(10);
    expect(reports.length).toBeLessThan(SERVERS);
    expect(log.missing).toEqual([]);
    expect(log.files.map(({ state }) => state)).toEqual(['whole', 'whole', 'whole']);
  });

  test('says so when a thread dies, and the log still holds', async () => {
    const { reports, ended, log } = await run({
      ...TWO,
      knowledge: { ...TWO.knowledge, rules: ['/nowhere/rules'] },
    });

    expect(ended).toContain('A thread of the audit died: There is no /nowhere/rules');
    expect(reports).toEqual([]);
    expect(log.missing).toEqual([]);
    expect(log.files.filter(({ state }) => state === 'broken')).toEqual([]);
  });
});

import { mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { verifyLog } from '../src/audit/scope/log/verify-log.ts';
import type { AuditRunOptions } from '../src/cli/audit/run.ts';
import { auditAll } from '../src/cli/audit/run.ts';
import type { ScopeOptions } from '../src/cli/audit/scope-options.ts';
import { openScope } from '../src/cli/audit/scope-options.ts';
import type { TargetSources } from '../src/cli/audit/targets.ts';
import { wantedServers } from '../src/cli/audit/targets.ts';
import type { AuditReport } from '../src/model/audit-report.ts';
import { systemClock } from '../src/platform/clock.ts';
import { seededRandom } from '../src/platform/random.ts';
import { createRequestDecoder } from '../src/wire/request-decoder.ts';
import { temporaryData } from './peers/data-folder.ts';
import { testKnowledge } from './peers/hostile-knowledge.ts';
import type { HostileRedis } from './peers/hostile-redis.ts';
import { healthy, startHostile } from './peers/hostile-redis.ts';
import { startSundew, sundew } from './peers/sundew.ts';

async function peer(options: Parameters<typeof startHostile>[0] = {}): Promise<HostileRedis> {
  const started = await startHostile(options);
  onTestFinished(() => started.stop());
  return started;
}

interface Fleet {
  readonly port: number;
  /** The addresses that were dialled, with the commands that came there. */
  readonly asked: ReadonlyMap<string, string[][]>;
}

/** Healthy servers on several addresses of loopback, on the same port. */
async function fleet(...hosts: readonly string[]): Promise<Fleet> {
  const asked = new Map<string, string[][]>();
  const sockets = new Set<Socket>();
  let port = 0;
  for (const host of hosts) {
    const server: Server = createServer((socket) => {
      const commands = asked.get(host) ?? [];
      asked.set(host, commands);
      sockets.add(socket);
      const decoder = createRequestDecoder();
      socket.on('error', () => undefined);
      socket.on('data', (chunk) => {
        decoder.push(chunk.toString('latin1'));
        for (let one = decoder.next(LIMITS); one?.kind === 'request'; one = decoder.next(LIMITS)) {
          commands.push([...one.argv]);
          socket.write(healthy(one.argv), 'latin1');
        }
      });
    });
    await new Promise<void>((resolve) => server.listen(port, host, () => resolve()));
    const address = server.address();
    port = typeof address === 'object' && address !== null ? address.port : 0;
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
  }
  return { port, asked };
}
const LIMITS = { maxArguments: 1_000, maxBulk: 1e6, maxInline: 65_536, unauthenticated: false, keep: 1e6 };

function file(folder: { SUNDEW_DATA: string }, name: string, text: string): string {
  mkdirSync(folder.SUNDEW_DATA, { recursive: true });
  const path = join(folder.SUNDEW_DATA, name);
  writeFileSync(path, text);
  return path;
}

function authorization(change: Record<string, unknown> = {}): string {
  return JSON.stringify({
    authorizations: [
      {
        owner: 'Example Ltd',
        contact: 'security@example.invalid',
        ranges: ['127.0.0.0/8'],
        validFrom: '2020-01-01',
        validTo: '2099-12-31',
        depth: 'L1',
        reference: 'CHG-7',
        ...change,
      },
    ],
  });
}

/** An audit in this process. */
async function run(
  sources: Partial<TargetSources>,
  files: Partial<ScopeOptions>,
  data: { SUNDEW_DATA: string },
  options: Partial<AuditRunOptions> = {},
) {
  const reports: AuditReport[] = [];
  let err = '';
  const terminal = {
    out: () => Promise.resolve(),
    err: (text: string) => {
      err += text;
    },
    status: () => undefined,
    interactive: false,
    colour: { out: false, err: false },
    width: 0,
  };
  const context = {
    terminal,
    clock: systemClock,
    random: seededRandom(7),
    version: '0',
    signal: new AbortController().signal,
  };
  const scope = await openScope({ authorization: [], optOut: [], ...files }, data.SUNDEW_DATA, context);
  const summary = await auditAll(
    wantedServers({ words: [], ...sources }),
    testKnowledge(),
    { ...scope, ...options, each: (report) => void reports.push(report) },
    context,
  );
  return { reports, summary, err };
}

function logged(data: {
  SUNDEW_DATA: string;
}): { kind: string; target?: string; sent?: string[]; by?: string; address?: string }[] {
  const folder = join(data.SUNDEW_DATA, 'audit-log');
  return readdirSync(folder)
    .toSorted()
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').trimEnd().split('\n'))
    .map((line) => JSON.parse(line) as { kind: string });
}

describe('an authorisation', () => {
  test('limits how deep the audit looks, and the report says whose word that is', async () => {
    const data = temporaryData();
    const { port, asked } = await fleet('127.0.0.1');
    const path = file(data, 'scope.yaml', authorization());

    const { reports, err } = await run({ words: [`127.0.0.1:${port}`] }, { authorization: [path] }, data);

    expect(reports).toMatchObject([{ outcome: 'audited', depth: 'L1' }]);
    expect(reports[0]?.notTested).toContainEqual(
      expect.stringMatching(/^deeper than L1: .*Example Ltd, CHG-7/),
    );
    expect(err).toContain('Example Ltd, CHG-7 allows L1, not L4');
    const names = asked.get('127.0.0.1')?.map(([name]) => name);
    expect(names).toContain('INFO');
    expect(names).not.toContain('CONFIG');
    expect(names).not.toContain('SCAN');
    expect(logged(data)).toContainEqual(
      expect.objectContaining({ kind: 'dial', depth: 'L1', by: 'Example Ltd, CHG-7' }),
    );
  });

  test('that has ended refuses by name, and nothing is sent to anybody', async () => {
    const data = temporaryData();
    const near = await peer();
    const path = file(
      data,
      'scope.yaml',
      authorization({ ranges: ['203.0.113.0/24'], validTo: '2020-12-31' }),
    );

    const { code, err } = await sundew(
      ['audit', `127.0.0.1:${near.port}`, '203.0.113.0/28:6379', '--authorization', path],
      data,
    );

    expect(code).toBe(3);
    expect(err).toContain('203.0.113.0/28:6379. Nothing was sent.');
    expect(err).toContain('the authorisation of Example Ltd, CHG-7');
    expect(err).toContain('ended with 2020-12-31');
    expect(near.received()).toBe('');
    expect(readdirSync(data.SUNDEW_DATA)).not.toContain('audit-log');
  });

  test('with a fault stops the audit, with its line and a remedy', async () => {
    const data = temporaryData();
    const near = await peer();
    const path = file(data, 'scope.yaml', 'authorizations:\n  - owner: Example Ltd\n    depth: L9\n');

    const { code, err } = await sundew(['audit', `127.0.0.1:${near.port}`, '--authorization', path], data);

    expect(code).toBe(2);
    expect(err).toMatch(/scope\.yaml: line \d/);
    expect(err).toContain('--print-authorization');
    expect(near.received()).toBe('');
  });
});

describe('an opt-out', () => {
  test('wins, also over loopback, and the others are asked', async () => {
    const data = temporaryData();
    const { port, asked } = await fleet('127.0.9.1', '127.0.9.2', '127.0.9.3');
    file(data, 'opt-out.txt', '127.0.9.2 # leave it alone\n');

    const { reports, summary, err } = await run(
      { words: [`127.0.9.1:${port}`, `127.0.9.2:${port}`, `127.0.9.3:${port}`] },
      { optOut: [file(data, 'more.txt', '127.0.9.3/32\n')] },
      data,
      { depth: 'L0' },
    );

    expect(reports.map(({ target }) => target)).toEqual([`redis://127.0.9.1:${port}`]);
    expect(summary).toMatchObject({ optedOut: 2 });
    expect(err).toContain('2 opted out');
    expect([...asked.keys()]).toEqual(['127.0.9.1']);
  });

  test('of all there is ends with 3', async () => {
    const data = temporaryData();
    const near = await peer();
    file(data, 'opt-out.txt', 'localhost\n');

    const { code, err } = await sundew(['audit', `127.0.0.1:${near.port}`], data);

    expect(code).toBe(3);
    expect(err).toContain('opt-out.txt:1');
    expect(near.received()).toBe('');
  });
});

describe('a range', () => {
  test('is asked server by server, each once, and gets no password', async () => {
    const data = temporaryData();
    const { port, asked } = await fleet('127.0.9.4', '127.0.9.5', '127.0.9.6');
    const connecting = {
      prepare: <T extends { text: string }>(target: T) => ({ ...target, user: 'ann', password: 'hunter2' }),
      expand: { cluster: false, preferReplica: false },
    };

    const { reports } = await run(
      { words: [`127.0.9.4/30:${port}`, `127.0.9.5:${port}`], seed: 3 },
      {},
      data,
      { depth: 'L1', connecting },
    );

    const outcomes = Object.fromEntries(reports.map(({ target, outcome }) => [target, outcome]));
    expect(outcomes).toEqual({
      [`redis://127.0.9.4:${port}`]: 'audited',
      [`redis://127.0.9.5:${port}`]: 'audited',
      [`redis://127.0.9.6:${port}`]: 'audited',
      [`redis://127.0.9.7:${port}`]: 'refused',
    });
    const loggedIn = [...asked].filter(([, commands]) => commands.some(([name]) => name === 'AUTH'));
    expect(loggedIn.map(([host]) => host)).toEqual(['127.0.9.5']);
    expect(JSON.stringify(logged(data))).not.toContain('hunter2');
  });

  test('of more servers than the most is a complaint, not a list', async () => {
    const { code, err } = await sundew(['audit', '10.0.0.0/8:6379,6380'], temporaryData());

    expect(code).toBe(2);
    expect(err).toContain('33554432 servers');
  });

  test('passes over what a run before has done', async () => {
    const data = temporaryData();
    const { port, asked } = await fleet('127.0.9.8', '127.0.9.9');

    const { reports, summary } = await run({ words: [`127.0.9.8/31:${port}`] }, {}, data, {
      depth: 'L0',
      skip: (target) => target === `redis://127.0.9.8:${port}`,
    });

    expect(reports).toHaveLength(1);
    expect(summary).toMatchObject({ skipped: 1 });
    expect([...asked.keys()]).toEqual(['127.0.9.9']);
  });
});

describe('an inventory', () => {
  test('names the targets, which the scope still judges', async () => {
    const data = temporaryData();
    const { port, asked } = await fleet('127.0.9.10');
    const list = file(
      data,
      'servers.json',
      JSON.stringify([{ host: '127.0.9.10', port }, { host: '203.0.113.4' }]),
    );

    const refused = run({ inventories: [list] }, {}, data);
    await expect(refused).rejects.toThrow('redis://203.0.113.4:6379');
    expect(asked.size).toBe(0);

    file(data, 'opt-out.txt', '203.0.113.0/24');
    const { reports } = await run({ inventories: [list] }, {}, data, { depth: 'L0' });

    expect(reports).toMatchObject([{ target: `redis://127.0.9.10:${port}`, outcome: 'audited' }]);
  });
});

describe('the log of an audit', () => {
  test('holds every command that arrived, by name and number', async () => {
    const data = temporaryData();
    const { port, asked } = await fleet('127.0.9.11');

    await run({ words: [`127.0.9.11:${port}`] }, {}, data);

    const told = new Map<string, number>();
    for (const line of logged(data)) {
      for (const sent of line.sent ?? []) {
        const name = sent.split(' ')[0]?.toUpperCase() ?? '';
        told.set(name, (told.get(name) ?? 0) + Number(/ x(\d+)$/.exec(sent)?.[1] ?? 1));
      }
    }
    const came = new Map<string, number>();
    for (const [name = ''] of asked.get('127.0.9.11') ?? [])
      came.set(name.toUpperCase(), (came.get(name.toUpperCase()) ?? 0) + 1);
    expect(told).toEqual(came);
    expect(came.get('PING')).toBe(1);
  });

  test('holds after kill -9 what the server got, and hangs together', async () => {
    const data = temporaryData();
    const silent = await peer({ answer: (argv) => (argv[0] === 'PING' ? '+PONG\r\n' : undefined) });
    const running = startSundew(['audit', `127.0.0.1:${silent.port}`], data);
    await expect.poll(() => silent.commands.length, { timeout: 20_000 }).toBeGreaterThan(1);

    await running.stop('SIGKILL');

    const { files, missing } = await verifyLog(join(data.SUNDEW_DATA, 'audit-log'));
    expect(missing).toEqual([]);
    expect(files).toMatchObject([{ state: 'cut', dialled: 1 }]);
    expect(files[0]?.commands).toBeGreaterThanOrEqual(silent.commands.length);
  });

  test('is checked by sundew audit-log verify', async () => {
    const data = temporaryData();
    const near = await peer();
    await run({ words: [`127.0.0.1:${near.port}`] }, {}, data, { depth: 'L1' });
    const folder = join(data.SUNDEW_DATA, 'audit-log');
    const path = join(folder, readdirSync(folder)[0] ?? '');

    const whole = await sundew(['audit-log', 'verify'], data);
    writeFileSync(path, readFileSync(path, 'utf8').replace('"PING"', '"INFO"'));
    const changed = await sundew(['audit-log', 'verify'], data);

    expect(whole).toMatchObject({ code: 0, out: expect.stringContaining('1 files') as unknown });
    expect(changed).toMatchObject({
      code: 1,
      out: expect.stringContaining('does not hang on the one before') as unknown,
    });
  });

  test('that cannot be written lets nothing leave', async () => {
    const data = temporaryData();
    const near = await peer();
    file(data, 'audit-log', 'no folder');

    const { code, err } = await sundew(['audit', `127.0.0.1:${near.port}`], data);

    expect(code).toBe(4);
    expect(err).toContain('not logged was not sent');
    expect(near.received()).toBe('');
  });

  test('that fails on the way ends the audit before the next command', async () => {
    const data = temporaryData();
    const near = await peer();
    const { openLog } = await openScope({ authorization: [], optOut: [] }, data.SUNDEW_DATA, {
      clock: systemClock,
      random: seededRandom(1),
      version: '0',
    });
    const { LogFailed } = await import('../src/audit/scope/log/command-log.ts');
    let batches = 0;
    const failing = () => {
      const log = openLog();
      const sending: typeof log.sending = (target, commands) => {
        if (batches++ > 0)
          throw new LogFailed('audit-log', Object.assign(new Error('full'), { code: 'ENOSPC' }));
        log.sending(target, commands);
      };
      return { ...log, sending };
    };

    const failed = run({ words: [`127.0.0.1:${near.port}`] }, {}, data, { openLog: failing });

    await expect(failed).rejects.toThrow('ENOSPC');
    expect(near.commands).toEqual([['PING']]);
  });
});

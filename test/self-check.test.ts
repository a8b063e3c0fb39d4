import { readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import type { TestContext } from 'vitest';
import { describe, expect, test } from 'vitest';
import { loadPersona } from '../src/emulator/persona.ts';
import { systemClock } from '../src/platform/clock.ts';
import { systemRandom } from '../src/platform/random.ts';
import { checks } from '../src/selfcheck/checks.ts';
import { compareServers, pairChecks } from '../src/selfcheck/compare-servers.ts';
import type { SelfCheckReport } from '../src/selfcheck/self-check.ts';
import { selfCheck } from '../src/selfcheck/self-check.ts';
import { listenRedis } from '../src/sensors/redis/sensor.ts';
import { PAIRS } from './differential/pair.ts';
import { memoryRecorder } from './emulator-probes/memory-recorder.ts';
import { temporaryData } from './peers/data-folder.ts';
import type { RealRelease } from './peers/real-servers.ts';
import { startReal } from './peers/real-servers.ts';
import type { RealRedis } from './peers/redis-server.ts';
import { sundew } from './peers/sundew.ts';

const TIMEOUT = { timeout: 120_000 };
/** For servers that never answer much of what is asked. */
const HASTY = { replyMs: 150 };
const LOCK = 'correct horse';

type After = TestContext['onTestFinished'];

interface Wish {
  readonly replyMs?: number;
  readonly password?: string;
  readonly intrusive?: boolean;
}

function check(
  port: number,
  { password, intrusive = false, replyMs = 3_000 }: Wish = {},
): Promise<SelfCheckReport> {
  return selfCheck(
    { host: '127.0.0.1', port },
    { password },
    { random: systemRandom, clock: systemClock, intrusive, replyMs },
  );
}

/** What gives it away, and what should have run and could not. */
function remarks({ tells, notRun }: SelfCheckReport): string[] {
  return [
    ...tells.map(({ id, saw }) => `${id}: ${saw}`),
    ...notRun
      .filter(({ why }) => !/only|wants a password/.test(why))
      .map(({ id, why }) => `${id} not run: ${why}`),
  ];
}

async function real(after: After, release: RealRelease, ...settings: string[]): Promise<RealRedis> {
  const server = await startReal(release, ...settings);
  after(() => server.stop());
  return server;
}

async function sensor(
  after: After,
  persona: string,
  settings?: ReadonlyMap<string, string>,
): Promise<number> {
  const opened = await listenRedis({
    host: '127.0.0.1',
    port: 0,
    name: 'test',
    persona: loadPersona(persona),
    recorder: memoryRecorder(),
    clock: systemClock,
    random: systemRandom,
    ...(settings === undefined ? {} : { settings }),
  });
  after(() => opened.close());
  return opened.port;
}

/** A server that answers each read with what the function makes of it; undefined closes. */
async function stub(after: After, answer: (bytes: string) => string | undefined): Promise<number> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket
      .on('error', () => undefined)
      .on('data', (chunk: Buffer) => {
        const reply = answer(chunk.toString('latin1'));
        if (reply === undefined) socket.end();
        else socket.write(reply, 'latin1');
      });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  after(() => {
    for (const socket of sockets) socket.destroy();
    server.close();
  });
  const address = server.address();
  return typeof address === 'object' && address !== null ? address.port : 0;
}

describe.concurrent('self-check of a real server', () => {
  test.for(PAIRS)('finds nothing on $release, empty', TIMEOUT, async ({ release }, { onTestFinished }) => {
    const { port } = await real(onTestFinished, release);

    const report = await check(port);

    expect(remarks(report)).toEqual([]);
    expect(report.ran.length).toBeGreaterThan(80);
  });

  test.for(PAIRS)(
    'finds nothing on $release in use, also when it may change it',
    TIMEOUT,
    async ({ release }, { onTestFinished }) => {
      const { port, client } = await real(onTestFinished, release);
      await client.mset(
        Object.fromEntries(Array.from({ length: 3_000 }, (_, at) => [`user:${at}`, `name ${at}`])),
      );
      await client.set('session:1', 'trap: a canary sings of honeypots', 'EX', 3_600);
      await client.lpush('queue', 'a', 'b');
      await client.eval('return 1', 0);
      await client.call('NOSUCH').catch(() => undefined);

      const report = await check(port, { intrusive: true });

      expect(remarks(report)).toEqual([]);
      expect(await client.dbsize()).toBe(3_002);
      expect(await client.config('GET', 'maxclients')).toContain('10000');
      expect(await client.role()).toContain('master');
    },
  );

  test.for(PAIRS)(
    'finds nothing on $release with a password, known or not',
    TIMEOUT,
    async ({ release }, { onTestFinished }) => {
      const { port } = await real(onTestFinished, release, '--requirepass', LOCK);

      const [without, within] = [await check(port), await check(port, { password: LOCK })];

      expect(remarks(without)).toEqual([]);
      expect(without.server.locked).toBe(true);
      expect(without.ran).toContain('E10');
      expect(remarks(within)).toEqual([]);
      expect(within.ran).toContain('C11');
    },
  );

  test('finds nothing on one whose administrator took commands away', TIMEOUT, async ({ onTestFinished }) => {
    const renamed = ['CONFIG', 'KEYS', 'MONITOR', 'DEBUG'].flatMap((name) => ['--rename-command', name, '']);
    const { port } = await real(
      onTestFinished,
      'redis-7.0.15',
      ...renamed,
      '--maxmemory',
      '200mb',
      '--databases',
      '1',
    );

    const report = await check(port);

    expect(remarks(report)).toEqual([]);
  });

  test('finds nothing that two of them share', TIMEOUT, async ({ onTestFinished }) => {
    const [one, other] = [
      await real(onTestFinished, 'redis-8.0.2'),
      await real(onTestFinished, 'redis-8.0.2'),
    ];

    const tells = await compareServers(loopback(one.port), loopback(other.port), {
      random: systemRandom,
      clock: systemClock,
    });

    expect(tells).toEqual([]);
  });
});

describe.concurrent('self-check of a sensor', () => {
  test.for(PAIRS)('finds nothing on $persona', TIMEOUT, async ({ persona }, { onTestFinished }) => {
    const report = await check(await sensor(onTestFinished, persona));

    expect(remarks(report)).toEqual([]);
    expect(report.ran.length).toBeGreaterThan(80);
  });

  // A visitor must not lock others out, so maxclients is shown and not kept: ARCHITECTURE.md.
  test.for(PAIRS)(
    'finds on $persona only maxclients, when it may change it',
    TIMEOUT,
    async ({ persona }, { onTestFinished }) => {
      const report = await check(await sensor(onTestFinished, persona), { intrusive: true });

      expect(report.tells.map(({ id }) => id)).toEqual([]);
    },
  );

  test.for(PAIRS)(
    'finds nothing on $persona with a password',
    TIMEOUT,
    async ({ persona }, { onTestFinished }) => {
      const port = await sensor(onTestFinished, persona, new Map([['requirepass', LOCK]]));

      const [without, within] = [await check(port), await check(port, { password: LOCK })];

      expect(remarks(without)).toEqual([]);
      expect(remarks(within)).toEqual([]);
    },
  );

  test('finds nothing that two of one persona share', TIMEOUT, async ({ onTestFinished }) => {
    const [one, other] = [
      await sensor(onTestFinished, 'redis-8.0.2-debian-13'),
      await sensor(onTestFinished, 'redis-8.0.2-debian-13'),
    ];

    const tells = await compareServers(loopback(one), loopback(other), {
      random: systemRandom,
      clock: systemClock,
    });

    expect(tells).toEqual([]);
  });
});

describe.concurrent('self-check of what known honeypots do', () => {
  test('sees one that answers bytes without a line end', TIMEOUT, async ({ onTestFinished }) => {
    const port = await stub(
      onTestFinished,
      (bytes) => `-ERR unknown command \`${bytes.split(' ')[0]}\`, with args beginning with: \r\n`,
    );

    expect(ids(await check(port, HASTY))).toEqual(
      expect.arrayContaining([
        'nuclei.redis-honeypot-detect',
        'honeydet.12',
        'honeydet.14',
        'P1',
        'P2',
        'P7',
        'P22',
      ]),
    );
  });

  test('sees one that says OK to everything', TIMEOUT, async ({ onTestFinished }) => {
    const found = ids(await check(await stub(onTestFinished, () => '+OK\r\n'), HASTY));

    expect(found).toEqual(
      expect.arrayContaining([
        'potsnitch.auth',
        'potsnitch.config',
        'potsnitch.commands',
        'P12.array',
        'E3',
        'E4',
        'C5',
        'C17',
        'T2',
      ]),
    );
  });

  test(
    'sees a locked one that asks for the password before all else',
    TIMEOUT,
    async ({ onTestFinished }) => {
      const port = await stub(onTestFinished, (bytes) =>
        bytes.includes('CONFIG')
          ? "-ERR unknown command 'config'\r\n"
          : '-NOAUTH Authentication required.\r\n',
      );

      const report = await check(port, HASTY);

      expect(report.server.locked).toBe(true);
      expect(ids(report)).toEqual(
        expect.arrayContaining(['E8.noauth', 'E8.order', 'E9', 'E10', 'P16.array']),
      );
    },
  );

  test('sees one that replays one INFO and its own name', TIMEOUT, async ({ onTestFinished }) => {
    const info = [
      '# Server',
      'redis_version:7.0.15',
      'os:Linux 6.1.0 x86_64',
      'arch_bits:64',
      'multiplexing_api:kqueue',
      `run_id:41be2f14${'0'.repeat(28)}dcd1`,
      'uptime_in_seconds:28',
      'connected_clients:1',
      'total_commands_processed:7',
    ].join('\r\n');
    const port = await stub(onTestFinished, (bytes) =>
      bytes.includes('INFO') ? `$${info.length}\r\n${info}\r\n` : '-ERR honeypot: not implemented\r\n',
    );

    expect(ids(await check(port, HASTY))).toEqual(
      expect.arrayContaining(['potsnitch.info', 'galleria.ids', 'C1', 'C2', 'C21', 'U5', 'C11', 'S1', 'E5']),
    );
  });

  test(
    'ends, and tells why not all was asked, when the server hangs up or says nothing',
    TIMEOUT,
    async ({ onTestFinished }) => {
      const report = await check(await stub(onTestFinished, () => undefined), HASTY);

      expect(report.tells.length).toBeGreaterThan(10);
      expect(report.ran.length + report.notRun.length).toBe(checks.length);
    },
  );

  test('sees what two share', TIMEOUT, async ({ onTestFinished }) => {
    const settings = Array.from({ length: 60 }, (_, index) => `setting-${(index * 7) % 60}`);
    const info = `redis_version:7.0.15\r\nrole:master\r\nrun_id:${'a'.repeat(40)}`;
    const answer = (bytes: string): string => {
      if (bytes.includes('INFO')) return `$${info.length}\r\n${info}\r\n`;
      if (bytes.includes('CONFIG')) return array(settings.flatMap((name) => [name, '1']));
      if (bytes.includes('SCAN')) return `*2\r\n$1\r\n0\r\n${array(['backup'])}`;
      if (bytes.includes('GETRANGE')) return '$13\r\n*/2 * * * * x\r\n';
      return '+OK\r\n';
    };
    const [one, other] = [await stub(onTestFinished, answer), await stub(onTestFinished, answer)];

    const tells = await compareServers(loopback(one), loopback(other), {
      random: systemRandom,
      clock: systemClock,
    });

    expect(tells.map(({ id }) => id)).toEqual([
      'correlation.ids',
      'correlation.settings',
      'correlation.data',
    ]);
  });
});

describe.concurrent('sundew self-check', () => {
  test(
    'prints nothing but a line for a real server, and ends with 0',
    TIMEOUT,
    async ({ onTestFinished }) => {
      const { port } = await real(onTestFinished, 'redis-7.0.15');

      const { code, out } = await sundew(['self-check', `redis://127.0.0.1:${port}`], temporaryData());

      expect(out).toContain('nothing gives it away');
      expect(code).toBe(0);
    },
  );

  test('prints what gives a server away, and ends with 1', TIMEOUT, async ({ onTestFinished }) => {
    const target = `127.0.0.1:${await stub(onTestFinished, () => '+OK\r\n')}`;
    const words = ['self-check', target, '--only', 'P12.array,honeydet.14'];

    const people = await sundew(words, temporaryData());
    const json = await sundew([...words, '--json'], temporaryData());
    const csv = await sundew([...words, '--csv'], temporaryData());

    expect(people.code).toBe(1);
    expect(people.out).toContain('DEFINITE');
    expect(people.out).toContain('invalid multibulk length');
    expect(JSON.parse(json.out)).toMatchObject([
      { id: 'honeydet.14' },
      { id: 'P12.array', weight: 'definite' },
    ]);
    expect(csv.out.split('\r\n')[0]).toBe('target,id,weight,title,saw,expected,why,source');
  });

  test('documents every check', () => {
    const page = readFileSync(join(import.meta.dirname, '..', 'docs', 'self-check.md'), 'utf8');

    const missing = [...checks, ...pairChecks].filter(({ id }) => !page.includes(`| ${id} |`));

    expect(missing.map(({ id }) => id)).toEqual([]);
  });

  test('lists its checks without asking anybody', async () => {
    const { code, out } = await sundew(['self-check', '--list', '--ndjson'], temporaryData());

    expect(code).toBe(0);
    expect(out.split('\n').length).toBeGreaterThan(checks.length);
    expect(out).toContain('nuclei.redis-honeypot-detect');
  });

  test.for<[string, string[], number, string]>([
    ['no target', [], 2, 'no server to check'],
    ['a check that there is not', ['127.0.0.1', '--only', 'X9'], 2, "no check 'X9'"],
    ['TLS', ['rediss://127.0.0.1'], 2, 'TLS is not checked'],
    ['an address of somebody else', ['203.0.113.7'], 3, '--consent'],
    ['a port where nobody listens', ['127.0.0.1:1'], 4, 'could not be asked'],
  ])('complains about %s', async ([, words, code, text]) => {
    const ended = await sundew(['self-check', ...words], temporaryData());

    expect(ended.code).toBe(code);
    expect(ended.err).toContain(text);
  });
});

function loopback(port: number): { address: { host: string; port: number }; login: Record<string, never> } {
  return { address: { host: '127.0.0.1', port }, login: {} };
}

function ids({ tells }: SelfCheckReport): string[] {
  return tells.map(({ id }) => id);
}

function array(texts: readonly string[]): string {
  return `*${texts.length}\r\n${texts.map((text) => `$${text.length}\r\n${text}\r\n`).join('')}`;
}

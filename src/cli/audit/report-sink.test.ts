import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { AuditReport } from '../../model/audit-report.ts';
import { exampleFinding, exampleReport } from '../../outputs/example-report.ts';
import { fixedClock } from '../../platform/clock.ts';
import { systemRandom } from '../../platform/random.ts';
import type { Context } from '../context.ts';
import type { Exit } from '../exit.ts';
import type { OutputOptions } from './output-options.ts';
import { createReportSink } from './report-sink.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'sundew-sink-'));
  onTestFinished(() => rmSync(path, { recursive: true, force: true }));
  return path;
}

async function run(
  given: Partial<OutputOptions>,
  reports: readonly AuditReport[],
  signal = new AbortController().signal,
): Promise<{ out: string; err: string; exit: Exit; skipped: string[] }> {
  let out = '';
  let err = '';
  const context: Context = {
    terminal: {
      out: async (text) => void (out += text),
      err: (text) => void (err += text),
      status: () => undefined,
      interactive: false,
      colour: { out: false, err: false },
      width: 0,
    },
    clock: fixedClock(Date.UTC(2026, 10, 1)),
    random: systemRandom,
    version: '1.2.3',
    signal,
  };
  const options: OutputOptions = { out: [], failOn: 'high', ...given };
  const sink = await createReportSink(options, context, { servers: reports.length, checks: [] });
  const skipped = reports.filter(({ target }) => sink.skip(target)).map(({ target }) => target);
  for (const report of reports) if (!skipped.includes(report.target)) await sink.add(report);
  return { exit: await sink.end(), out, err, skipped };
}

const two = [
  exampleReport({ target: 'redis://192.0.2.1:6379' }),
  exampleReport({ target: 'redis://192.0.2.2:6379' }),
];

describe('the outputs of an audit', () => {
  test('go into many files at once, each as a whole', async () => {
    const at = folder();
    const out = ['r.sarif', 'r.html', 'r.csv', 'r.xml', 'r.prom', 'r.json', 'r.txt'].map((name) =>
      join(at, name),
    );

    const { out: printed } = await run({ out }, two);

    for (const path of out) expect(readFileSync(path, 'utf8')).toContain('192.0.2.2');
    expect(readdirSync(at)).toHaveLength(out.length);
    expect(printed).toMatch(/^SERVER /);
    expect(printed).toContain('2 servers: 2 audited');
  });

  test.for([
    [{ out: ['/nonexistent/r.html'] }, 'cannot be written'],
    [{ out: ['report.exe'] }, 'names no format'],
    [{ out: ['a.json', 'a.json'] }, 'twice'],
    [{ baseline: '/nonexistent/b' }, 'cannot be read'],
    [{ suppressions: '/nonexistent/s' }, 'cannot be read'],
  ] as const)('are refused with a reason before a server is asked: %j', async ([options, reason]) => {
    await expect(run(options, [])).rejects.toThrow(reason);
  });

  test.for([
    ['high', 1],
    ['critical', 0],
    ['none', 0],
  ] as const)('--fail-on %s ends with %i', async ([failOn, exit]) => {
    expect((await run({ failOn }, [exampleReport()])).exit).toBe(exit);
  });

  test('end with 4 when a server was not audited', async () => {
    expect((await run({}, [exampleReport({ outcome: 'timeout', findings: [] })])).exit).toBe(4);
  });
});

describe('--resume', () => {
  test('leaves out what is there, drops a cut line, and counts the earlier ones', async () => {
    const resume = join(folder(), 'r.ndjson');
    await run({ resume }, two);
    appendFileSync(resume, '{"target":"redis://192.0.2.3:6379","kind":"ser');
    const third = exampleReport({ target: 'redis://192.0.2.3:6379', findings: [] });

    const { skipped, err, exit, out } = await run({ resume }, [...two, third]);

    expect(skipped).toEqual(two.map(({ target }) => target));
    expect(err).toContain('2 servers were in the resumed file already');
    expect(exit).toBe(1);
    expect(out).toContain('3 servers: 3 audited');
    const lines = readFileSync(resume, 'utf8').trimEnd().split('\n');
    expect(lines.map((line) => (JSON.parse(line) as AuditReport).target)).toEqual(
      [...two, third].map(({ target }) => target),
    );
  });

  test('asks again what the operator stopped', async () => {
    const resume = join(folder(), 'r.ndjson');

    await run({ resume }, [exampleReport({ outcome: 'partial' })], AbortSignal.abort());

    expect(readFileSync(resume, 'utf8')).toBe('');
  });

  test.for(['my notes\nmore\n', 'one line without a line feed'])(
    'touches no file that is something else: %j',
    async (text) => {
      const resume = join(folder(), 'notes.txt');
      writeFileSync(resume, text);

      await expect(run({ resume }, [])).rejects.toThrow('no report');
      expect(readFileSync(resume, 'utf8')).toBe(text);
    },
  );
});

describe('--baseline and --suppressions', () => {
  test.for(['r.json', 'r.ndjson', 'compact'] as const)(
    'an earlier %s makes only what is new count',
    async (name) => {
      const path = join(folder(), name);
      await run(name === 'compact' ? { writeBaseline: path } : { out: [path] }, [exampleReport()]);

      const same = await run({ baseline: path }, [exampleReport()]);
      const worse = await run({ baseline: path }, [
        exampleReport({ findings: [exampleFinding({ rule: 'redis.cron-download' })] }),
      ]);

      expect(same.exit).toBe(0);
      expect(same.err).toContain('0 new, 1 known, 0 gone');
      expect(worse.exit).toBe(1);
      expect(worse.err).toContain('1 new, 0 known, 1 gone');
    },
  );

  test('an accepted risk stays in the report and says that it does not count; an expired one counts', async () => {
    const path = join(folder(), 'accepted.yaml');
    const text = (expires: string): string =>
      `suppressions:\n  - rule: audit.exposed.bind\n    target: 192.0.2.0/24\n    reason: firewalled\n    expires: ${expires}\n    by: ann\n`;
    writeFileSync(path, text('2027-01-31'));
    const accepted = await run({ suppressions: path }, [exampleReport()]);
    writeFileSync(path, text('2026-01-31'));
    const expired = await run({ suppressions: path }, [exampleReport()]);

    expect(accepted.exit).toBe(0);
    expect(accepted.out).toContain('accepted until 2027-01-31 by ann: firewalled');
    expect(accepted.err).toContain('1 findings are accepted');
    expect(expired.exit).toBe(1);
    expect(expired.err).toContain('it counts again');
  });

  test.for([
    'suppressions: [{rule: x}]',
    'suppressions: 5',
    '{',
    'suppressions:\n  - {rule: a, target: b, reason: c, expires: never, by: d}',
  ])('refuses %j', async (text) => {
    const path = join(folder(), 'bad.yaml');
    writeFileSync(path, text);

    await expect(run({ suppressions: path }, [])).rejects.toThrow(path);
    expect(existsSync(path)).toBe(true);
  });
});

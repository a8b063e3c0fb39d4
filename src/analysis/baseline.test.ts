import { describe, expect, test } from 'vitest';
import type { AuditReport } from '../model/audit-report.ts';
import { exampleFinding, exampleReport } from '../outputs/example-report.ts';
import { baselineLine, createBaseline } from './baseline.ts';
import { placesOf } from './finding-identity.ts';
import { counts, judgeReport } from './judge-report.ts';
import { matchesGlob } from './matches-glob.ts';
import type { Suppression } from './suppressions.ts';
import { createSuppressions } from './suppressions.ts';

const at = (event: string, excerpt = 'x'): { event: string; field: string; excerpt: string } => ({
  event,
  field: 'value',
  excerpt,
});

function agesAgainst(before: AuditReport, now: AuditReport): (string | undefined)[] {
  const baseline = createBaseline();
  baseline.add(baselineLine(before));
  return judgeReport(now, baseline, undefined).findings.map((finding) => finding.baseline);
}

describe('a baseline', () => {
  test('knows a finding again whatever was counted, quoted or timed', () => {
    const now = exampleReport({
      findings: [
        exampleFinding({ time: 5, why: 'Found 9 times.', evidence: [at('CONFIG GET bind', '0.0.0.0')] }),
      ],
    });

    expect(agesAgainst(exampleReport(), now)).toEqual(['known']);
  });

  test('calls the same rule new in a place where it did not hold', () => {
    const before = exampleReport({
      findings: [exampleFinding({ axis: 'infected', evidence: [at('db0/backup1')] })],
    });
    const now = exampleReport({
      findings: [exampleFinding({ axis: 'infected', evidence: [at('db0/backup1'), at('db0/backup2')] })],
    });

    expect(agesAgainst(before, now)).toEqual(['new']);
    expect(agesAgainst(now, before)).toEqual(['known']);
  });

  test('takes sampled secrets under the same kind of key for the same', () => {
    const leak = (event: string): string[] => placesOf({ axis: 'leaking', evidence: [at(event)] });

    expect(leak('db0/sess:9f8a7b6c5d4e')).toEqual(leak('db0/sess:0011aabb2233'));
    expect(leak('db0/sess:9f8a7b6c5d4e')).not.toEqual(leak('db0/user:9f8a7b6c5d4e'));
  });

  test('tells what is gone, but not what could not be tested', () => {
    const baseline = createBaseline();
    const rules = ['audit.exposed.bind', 'audit.exposed.open-users', 'audit.misconfigured.logging'];
    baseline.add(baselineLine(exampleReport({ findings: rules.map((rule) => exampleFinding({ rule })) })));

    const judged = judgeReport(exampleReport({ findings: [] }), baseline, undefined);

    expect(judged.gone).toEqual(['audit.exposed.bind', 'audit.misconfigured.logging']);
  });

  test('knows nothing of a server it does not hold', () => {
    expect(agesAgainst(exampleReport({ target: 'redis://192.0.2.8:6379' }), exampleReport())).toEqual([
      'new',
    ]);
  });
});

const NOW = Date.UTC(2026, 10, 1);
const entry = (given: Partial<Suppression>): Suppression => ({
  rule: 'audit.exposed.*',
  target: '192.0.2.0/24',
  reason: 'behind a firewall',
  expires: '2026-12-31',
  by: 'ann',
  ...given,
});

describe('suppressions', () => {
  test.for([
    [{}, true],
    [{ rule: 'audit.leaking.*' }, false],
    [{ target: '198.51.100.0/24' }, false],
    [{ target: 'redis://192.0.2.7:*' }, true],
    [{ target: '2001:db8::/32' }, false],
    [{ key: 'CONFIG GET *' }, true],
    [{ key: 'db0/*' }, false],
    [{ expires: '2026-10-31' }, false],
    [{ expires: '2026-11-01' }, true],
  ] as const)('%j accepts a finding: %s', ([given, accepted]) => {
    const [finding] = judgeReport(
      exampleReport(),
      undefined,
      createSuppressions([entry(given)], NOW),
    ).findings;

    expect(finding?.accepted !== undefined).toBe(accepted);
    expect(finding !== undefined && counts(finding)).toBe(!accepted);
  });

  test('does not accept a finding of which one place lies elsewhere', () => {
    const report = exampleReport({
      findings: [exampleFinding({ evidence: [at('db0/backup1'), at('db0/other')] })],
    });

    const [finding] = judgeReport(
      report,
      undefined,
      createSuppressions([entry({ key: 'db0/backup*' })], NOW),
    ).findings;

    expect(finding?.accepted).toBe(undefined);
  });

  test('tells which entries are past their day, and which match nothing', () => {
    const old = entry({ expires: '2025-01-01' });
    const idle = entry({ rule: 'audit.leaking.*' });
    const suppressions = createSuppressions([old, idle, entry({})], NOW);
    judgeReport(exampleReport(), undefined, suppressions);

    expect(suppressions.expired).toEqual([old]);
    expect(suppressions.unused()).toEqual([idle]);
  });
});

describe('matchesGlob', () => {
  test.for([
    ['a*c', 'abbbc', true],
    ['a?c', 'abc', true],
    ['a?c', 'ac', false],
    ['*', '', true],
    ['*b*b*', 'ab', false],
    ['a.c', 'abc', false],
  ] as const)('%s on %j: %s', ([glob, text, expected]) => {
    expect(matchesGlob(glob, text)).toBe(expected);
  });
});

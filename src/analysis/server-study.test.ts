import { describe, expect, test } from 'vitest';
import type { AuditReport, Outcome } from '../model/audit-report.ts';
import { serverStudy } from './server-study.ts';

function report(outcome: Outcome, change: Partial<AuditReport> = {}): AuditReport {
  const unknown = { answer: 'not-visible', because: 'a test' } as const;
  return {
    target: 'redis://192.0.2.1:6379',
    kind: 'server',
    depth: 'L4',
    rung: 'unknown',
    checks: [],
    outcome,
    time: 0,
    ms: 1,
    axes: {
      exposed: unknown,
      infected: unknown,
      leaking: unknown,
      vulnerable: unknown,
      misconfigured: unknown,
    },
    findings: [],
    campaigns: [],
    counts: { keysSeen: 0, valuesRead: 0, maliciousKeys: 0, maliciousValues: 0 },
    notTested: [],
    commandsSent: {},
    ...change,
  };
}
const dirty = (keys: number, values: number): AuditReport['counts'] => ({
  keysSeen: 9,
  valuesRead: 9,
  maliciousKeys: keys,
  maliciousValues: values,
});

describe('serverStudy', () => {
  test('takes its shares of the servers that responded, not of those asked', () => {
    const study = serverStudy([
      report('audited', { counts: dirty(2, 1) }),
      report('audited', { counts: dirty(0, 1) }),
      report('audited'),
      report('auth-required'),
      report('unreachable'),
      report('not-redis'),
    ]);

    expect(study).toMatchObject({ asked: 6, responded: 4, looked: 3 });
    expect(study.maliciousKeys).toMatchObject({ count: 1, of: 4, share: 0.25 });
    expect(study.maliciousValues).toMatchObject({ count: 2, of: 4, share: 0.5 });
    expect(study.outcomes).toEqual({ audited: 3, 'auth-required': 1, unreachable: 1, 'not-redis': 1 });
  });

  test('leaves out a server whose audit was stopped before it said a word', () => {
    const study = serverStudy([report('partial'), report('audited')]);

    expect(study).toMatchObject({ asked: 1, responded: 1, outcomes: { audited: 1 } });
  });

  test('counts a campaign once a server and lists the widest first', () => {
    const one = { id: 'one', title: 'One', because: 'a' };
    const two = { id: 'two', title: 'Two', because: 'b' };

    const { campaigns } = serverStudy([
      report('audited', { campaigns: [one, one] }),
      report('audited', { campaigns: [two] }),
      report('audited', { campaigns: [two, one] }),
      report('audited', { campaigns: [two] }),
    ]);

    expect(campaigns.map(({ id, servers }) => [id, servers.count])).toEqual([
      ['two', 3],
      ['one', 2],
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import type { JudgedReport } from '../analysis/judged-report.ts';
import type { AxisVerdict } from '../model/audit-report.ts';
import { auditSummaryText } from './audit-summary-text.ts';
import { auditText } from './audit-text.ts';
import { exampleFinding } from './example-report.ts';
import { plain } from './style.ts';

const verdict = (answer: AxisVerdict['answer']): AxisVerdict => ({ answer, because: 'The test says so.' });

function report(change: Partial<JudgedReport> = {}, infected: AxisVerdict['answer'] = 'no'): JudgedReport {
  return {
    target: 'redis://192.0.2.1:6379',
    kind: 'server',
    depth: 'L4',
    rung: 'unknown',
    checks: [],
    outcome: 'audited',
    time: 0,
    ms: 7,
    server: { engine: 'redis', version: '7.4.11', os: 'Linux', role: 'master', runId: '', keys: 3 },
    axes: {
      exposed: verdict('no'),
      infected: verdict(infected),
      leaking: verdict('no'),
      vulnerable: verdict('no'),
      misconfigured: verdict('no'),
    },
    findings: [],
    campaigns: [],
    counts: { keysSeen: 3, valuesRead: 3, maliciousKeys: 0, maliciousValues: 0 },
    notTested: [],
    commandsSent: { ping: 1, info: 1 },
    ...change,
  };
}

const PLAIN = { style: plain, width: 0, verbose: false };

const CLOSED = {
  target: 'redis://192.0.2.2:6379',
  outcome: 'refused',
  message: 'Nothing listens on redis://192.0.2.2:6379.',
} as const;

describe('an audit as text', () => {
  test('begins with the server and its five answers', () => {
    const lines = auditText(report(), PLAIN).split('\n');

    expect(lines[0]).toBe('redis://192.0.2.1:6379  NOT VISIBLE');
    expect(lines[2]).toBe('  redis 7.4.11, master, 3 keys, Linux, looked to depth L4');
    expect(lines.slice(4, 9).map((line) => line.slice(2, 31).trim())).toEqual([
      'infected      no           Th',
      'exposed       no           Th',
      'leaking       no           Th',
      'vulnerable    no           Th',
      'misconfigured no           Th',
    ]);
    expect(lines.at(-3)).toBe('  2 read-only commands in 7 ms');
  });

  test('tells what is only to be known in one line, and all of it when asked', () => {
    const findings = [
      exampleFinding({ severity: 'info', title: 'Memory has no limit' }),
      exampleFinding({ severity: 'low', title: 'It listens', advice: 'Do this\nDo that' }),
    ];

    const short = auditText(report({ findings }), PLAIN);
    const whole = auditText(report({ findings }), { ...PLAIN, verbose: true });

    expect(short).toContain('NOT EXPOSED, BUT NOTE');
    expect(short.match(/CONFIG GET bind value/g)).toHaveLength(1);
    expect(short).not.toContain('Do that');
    expect(whole.match(/CONFIG GET bind value/g)).toHaveLength(2);
    expect(whole).toContain('Do that');
  });

  test('says nothing good of what nobody could see', () => {
    const text = auditText(report({ rung: 'closed' }, 'not-visible'), PLAIN);

    expect(text).toContain('could not be seen');
    expect(text).not.toContain('no trace');
  });

  test('of a server that did not answer is one line', () => {
    const { server: _, ...without } = report(CLOSED);

    expect(auditText(without, PLAIN)).toBe('refused        Nothing listens on redis://192.0.2.2:6379.\n');
    expect(
      auditText({ ...without, outcome: 'bad-target', target: 'list:7', message: 'No host.' }, PLAIN),
    ).toBe('bad-target     list:7: No host.\n');
  });
});

describe('the summary of many', () => {
  test('names the infected first, and what could not be seen', () => {
    const { server: _, ...closed } = report(CLOSED, 'not-visible');
    const infected = Array.from({ length: 12 }, (__, at) => report({ target: `redis://h${at}` }, 'yes'));

    const lines = auditSummaryText([...infected, report({}, 'not-visible'), closed], plain).split('\n');

    expect(lines[0]).toBe('14 servers: 13 audited, 1 refused');
    expect(lines[1]).toMatch(
      /^ {2}infected +12 {2}redis:\/\/h0 .*redis:\/\/h9 and 2 more {2}\(1 audited, but this was not visible\)$/,
    );
    expect(lines[2]).toBe('  exposed            0');
  });
});

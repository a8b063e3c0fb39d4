import { describe, expect, test } from 'vitest';
import { stepsOf } from './audit-steps.ts';
import { exampleFinding, exampleReport } from './example-report.ts';

const finding = (rule: string, advice: string) =>
  exampleFinding({ rule, id: rule, fingerprint: rule, advice });

describe('what to do, in order', () => {
  test('sets the password first, and gives it in every line below', () => {
    const findings = [
      finding('a', 'At once: redis-cli CONFIG SET protected-mode yes'),
      finding('b', 'Close it: redis-cli ACL SETUSER default resetpass ">NEW-PASSWORD"'),
      finding('c', 'Keep that: redis-cli --askpass CONFIG REWRITE'),
    ];

    expect(stepsOf(exampleReport({ findings })).map(({ lines }) => lines[0])).toEqual([
      'redis-cli ACL SETUSER default resetpass ">NEW-PASSWORD"',
      'redis-cli --askpass CONFIG SET protected-mode yes',
      'redis-cli --askpass CONFIG REWRITE',
    ]);
  });

  test('goes on as the administrator once the default user has lost its rights, and says a line once', () => {
    const findings = [
      finding('a', 'Close it: redis-cli ACL SETUSER default resetpass ">NEW-PASSWORD"'),
      finding('b', 'One user less: redis-cli --user admin --askpass ACL SETUSER default -@admin -@dangerous'),
      finding('c', 'Keep that: redis-cli --askpass CONFIG REWRITE'),
      finding('d', 'Keep that: redis-cli --user admin --askpass CONFIG REWRITE'),
    ];

    expect(stepsOf(exampleReport({ findings })).at(-1)?.lines).toEqual([
      'redis-cli --user admin --askpass CONFIG REWRITE',
    ]);
  });

  test('keeps the evidence of an attack in one step, before anything is changed', () => {
    const { axes } = exampleReport();
    const findings = [
      finding('a', 'Rebuild the host\nKeep the evidence: a copy of the memory.'),
      finding('b', 'Keep evidence before anything is changed: redis-cli INFO all ; redis-cli ACL LOG'),
    ];

    const steps = stepsOf(
      exampleReport({ findings, axes: { ...axes, infected: { answer: 'yes', because: 'x' } } }),
    );

    expect(steps.map(({ text }) => text.split(' ')[0])).toEqual(['Isolate', 'Keep', 'Rotate', 'Rebuild']);
    expect(steps[1]?.lines).toEqual(['redis-cli INFO all', 'redis-cli ACL LOG']);
  });
});

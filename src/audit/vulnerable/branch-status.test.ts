import { describe, expect, test } from 'vitest';
import { branchStatus } from './branch-status.ts';
import { parseVersion } from './version.ts';

const data = {
  latest_releases_seen: {
    redis: {
      '6.2': '6.2.24',
      '7.2': '7.2.16',
      '8.0': '8.0.6 (no later fixes)',
      '8.2': '8.2.9',
      '8.10': '8.10.1',
    },
    valkey: { '9.1': '9.1.2', '8.0': '8.0.11' },
  },
};
const of = (version: string, engine: 'redis' | 'valkey' = 'redis'): ReturnType<typeof branchStatus> =>
  branchStatus(data, engine, parseVersion(version) ?? [0, 0, 0]);

describe('the status of a branch', () => {
  test('names its newest release', () => {
    expect(of('7.2.1')).toEqual({
      branch: '7.2',
      ended: false,
      latest: '7.2.16',
      next: '8.2.9',
      newest: '8.10.1',
    });
  });

  test('has ended when no release of it is named, and leads to the nearest that goes on', () => {
    expect(of('7.0.15')).toMatchObject({ branch: '7.0', ended: true, latest: undefined, next: '7.2.16' });
    expect(of('5.0.14')).toMatchObject({ ended: true, next: '6.2.24' });
  });

  test('has ended when its last release says so', () => {
    expect(of('8.0.2')).toMatchObject({ ended: true, latest: '8.0.6', next: '8.2.9' });
  });

  test('is not known beyond the newest', () => {
    expect(of('9.9.9')).toMatchObject({ ended: false, next: undefined });
  });

  test('does not depend on the order of the file', () => {
    expect(of('8.0.1', 'valkey').newest).toBe('9.1.2');
  });
});

import { describe, expect, test } from 'vitest';
import type { CheckResult } from '../../check.ts';
import { exampleRelease } from '../../testing/example-release.ts';
import { exampleFacts, exampleView } from '../../testing/example-view.ts';
import { release } from './release.ts';

const run = (fields: Record<string, string>): CheckResult =>
  release.run(exampleView({ facts: exampleRelease(fields) }));

describe('the release that runs', () => {
  test.for([
    [{ redis_version: '7.9.240' }, 'Redis 7.9.240 is a release candidate'],
    [
      {
        redis_version: '7.2.4',
        server_name: 'valkey',
        valkey_version: '9.0.0',
        valkey_release_stage: 'rc1',
      },
      'Valkey 9.0.0-rc1 is a release candidate',
    ],
    [{ redis_version: '255.255.255' }, 'Redis 255.255.255 is the unstable branch'],
    [{ redis_version: '7.2.4', redis_git_dirty: '3' }, 'Redis 7.2.4 is a build of changed sources'],
  ] as const)('%j: %s', ([fields, title]) => {
    expect(run(fields).findings).toMatchObject([{ title, decides: false }]);
  });

  test.for([{ redis_version: '7.0.15' }, { redis_version: '7.4.0', dragonfly_version: 'df-v1.2' }])(
    '%j is one that is known by its name',
    (fields) => {
      expect(run(fields)).toEqual({ findings: [] });
    },
  );

  test('is not visible without INFO', () => {
    expect(release.run(exampleView({ facts: exampleFacts() })).unseen).toEqual([
      'its version: INFO is not visible',
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { packagedText } from '../../platform/files.ts';
import { redisBuildId } from './build-id.ts';
import { loadVulnerabilities } from './vulnerability-data.ts';

const data = loadVulnerabilities(packagedText('data/redis-cves.json'));

describe('the build id', () => {
  test('of every package in the data follows from its changelog', () => {
    const wrong = data.debian_builds.filter(
      (build) =>
        build.build_id !==
        redisBuildId({
          package: build.package,
          upstream: build.upstream,
          buildId: String(build.changelog_epoch),
        }),
    );

    expect(data.debian_builds.length).toBeGreaterThanOrEqual(131);
    expect(wrong).toEqual([]);
  });

  test('has no leading zeros', () => {
    expect(redisBuildId({ package: 'redis', upstream: '7.0.15', buildId: '1746795802' })).toBe(
      '9c99a670b8bf5',
    );
  });

  test('changes with the commit and with changed sources', () => {
    const parts = { package: 'redis', upstream: '7.0.15', buildId: '1746795802' } as const;

    const ids = [
      redisBuildId(parts),
      redisBuildId({ ...parts, dirty: '1' }),
      redisBuildId({ ...parts, sha1: '0a1b2c3d' }),
    ];

    expect(new Set(ids).size).toBe(3);
  });
});

import { describe, expect, test } from 'vitest';
import { packagedText } from '../../platform/files.ts';
import { exampleRelease } from '../testing/example-release.ts';
import { redisBuildId } from './build-id.ts';
import { builtBy } from './built-by.ts';
import { loadVulnerabilities } from './vulnerability-data.ts';

const data = loadVulnerabilities(packagedText('data/redis-cves.json'));
const of = (fields: Record<string, string>): ReturnType<typeof builtBy> =>
  builtBy(data, exampleRelease(fields));
const EPOCH = 1_700_000_000;
const id = redisBuildId({ package: 'redis', upstream: '7.0.15', buildId: String(EPOCH) });

describe('who built it', () => {
  test('is Debian for an id of the data, with the release that belongs to it', () => {
    const debian = of({ redis_version: '7.0.15', redis_build_id: 'ae4d7c971a948f0' });
    const liar = of({ redis_version: '7.0.14', redis_build_id: 'ae4d7c971a948f0' });

    expect(debian).toMatchObject({
      by: 'debian',
      package: { build: { debian_version: '5:7.0.15-1~deb12u10' } },
    });
    expect(liar).toEqual({ by: 'upstream' });
  });

  test('is a distribution for an id that holds a time, or a server in /usr/bin', () => {
    const fields = { redis_version: '7.0.15', redis_build_id: id };

    expect(of(fields)).toEqual({ by: 'distribution', epoch: EPOCH });
    expect(of({ ...fields, redis_version: '7.0.14' })).toEqual({ by: 'upstream' });
    expect(of({ redis_version: '7.0.15', executable: '/usr/bin/redis-server' })).toEqual({
      by: 'distribution',
      epoch: undefined,
    });
  });

  test('is upstream for a build from a commit, and for what says nothing', () => {
    expect(of({ redis_version: '7.0.15', redis_build_id: id, redis_git_sha1: '0a1b2c3d' }).by).toBe(
      'upstream',
    );
    expect(of({ redis_version: '7.0.15', redis_build_id: 'x'.repeat(100_000) }).by).toBe('upstream');
    expect(of({ redis_version: '7.0.15', executable: '/usr/local/bin/redis-server' }).by).toBe('upstream');
  });

  test('is its provider where one is named', () => {
    expect(of({ redis_version: '7.1.0', os: 'Amazon ElastiCache', redis_build_id: '0' })).toEqual({
      by: 'provider',
      provider: 'Amazon ElastiCache',
    });
  });
});

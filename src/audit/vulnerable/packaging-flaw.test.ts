import { describe, expect, test } from 'vitest';
import { packagedText } from '../../platform/files.ts';
import { exampleRelease } from '../testing/example-release.ts';
import { redisBuildId } from './build-id.ts';
import { flawVerdicts } from './flaw-verdicts.ts';
import { loadVulnerabilities } from './vulnerability-data.ts';

const data = loadVulnerabilities(packagedText('data/redis-cves.json'));
const verdict = (
  fields: Record<string, string>,
  change: Parameters<typeof exampleRelease>[1] = {},
): string | undefined =>
  flawVerdicts(data, exampleRelease(fields, change)).find((one) => one.id === 'CVE-2022-0543')?.verdict;
const build = (revision: string): Record<string, string> => {
  const found = data.debian_builds.find(({ debian_version }) => debian_version === revision);
  return { redis_version: found?.upstream ?? '', redis_build_id: found?.build_id ?? '' };
};

describe('CVE-2022-0543', () => {
  test.for([
    ['5:5.0.7-2', 'reachable'],
    ['5:6.0.16-1+deb11u1', 'reachable'],
    ['5:6.0.16-1+deb11u2', 'fixed-by-package'],
    ['5:7.0.0-1', 'fixed-by-package'],
    ['5:7.0.15-1~deb12u10', 'fixed-by-package'],
    // Made before the fix, yet of a higher number than the revision that has it.
    ['5:6.2.6-1', 'version-only'],
  ] as const)('in %s is %s', ([revision, wanted]) => {
    expect(verdict(build(revision))).toBe(wanted);
  });

  test('is denied where nobody may run scripts', () => {
    expect(verdict(build('5:5.0.7-2'), { commands: new Set(['config']) })).toBe('denied');
  });

  test('is not in what upstream built, whatever the version', () => {
    expect(verdict({ redis_version: '5.0.7' })).toBe('not-affected');
    expect(verdict({ redis_version: '7.2.4', server_name: 'valkey', valkey_version: '7.2.5' })).toBe(
      'not-affected',
    );
  });

  test('is possible in a package nobody knows, unless the package is younger than the fix', () => {
    const of = (year: number): string =>
      redisBuildId({
        package: 'redis',
        upstream: '6.0.16',
        buildId: String(Date.UTC(year, 6, 1) / 1_000),
      });
    const fields = { redis_version: '6.0.16', executable: '/usr/bin/redis-server' };

    expect(verdict(fields)).toBe('version-only');
    expect(verdict({ ...fields, redis_build_id: of(2021) })).toBe('version-only');
    expect(verdict({ ...fields, redis_build_id: of(2023) })).toBe('fixed-by-package');
    expect(verdict({ ...fields, redis_version: '4.0.9' })).toBe('not-affected');
    expect(verdict({ ...fields, redis_version: '7.0.15' })).toBe('not-affected');
  });
});

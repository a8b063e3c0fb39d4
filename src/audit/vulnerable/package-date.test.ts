import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { packagedText } from '../../platform/files.ts';
import { redisBuildId } from './build-id.ts';
import { packageEpoch } from './package-date.ts';
import { loadVulnerabilities } from './vulnerability-data.ts';

const data = loadVulnerabilities(packagedText('data/redis-cves.json'));

describe('the date of a package', () => {
  test('is told by the build id of every package in the data', () => {
    const told = data.debian_builds.map((build) => packageEpoch(build, build.build_id));

    expect(told).toEqual(data.debian_builds.map(({ changelog_epoch }) => changelog_epoch));
  });

  test('is told for any time from 2014 to 2033', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1_400_000_000, max: 1_999_999_999 }),
        fc.constantFrom('redis' as const, 'valkey' as const),
        fc.constantFrom('6.0.16', '8.10.1'),
        (epoch, name, upstream) => {
          const id = redisBuildId({ package: name, upstream, buildId: String(epoch) });

          expect(packageEpoch({ package: name, upstream }, id)).toBe(epoch);
        },
      ),
      { numRuns: 60 },
    );
  });

  test('is not told for a build that carries a host name, another release, or nonsense', () => {
    const image = redisBuildId({ package: 'redis', upstream: '7.0.15', buildId: 'builder-1700000000' });
    const other = redisBuildId({ package: 'redis', upstream: '7.0.14', buildId: '1700000000' });

    const told = [image, other, '0', 'ffffffffffffffff', 'xyz', '', '1'.repeat(40)].map((id) =>
      packageEpoch({ package: 'redis', upstream: '7.0.15' }, id),
    );

    expect(told.every((epoch) => epoch === undefined)).toBe(true);
  });
});

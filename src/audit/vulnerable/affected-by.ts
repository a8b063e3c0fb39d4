import { flawIndex, rangeOf } from './flaw-index.ts';
import type { Version } from './version.ts';
import { compareVersions, sameBranch } from './version.ts';
import type { VulnerabilityData } from './vulnerability-data.ts';

/** Ids of all that this release has by its number alone, of whatever kind, whatever it needs. */
export function affectedBy(data: VulnerabilityData, engine: 'redis' | 'valkey', version: Version): string[] {
  const { flaws, advisories } = flawIndex(data);
  return [
    ...flaws
      .filter((flaw) => rangeOf(flaw, engine, version) !== undefined)
      .map(({ vulnerability }) => vulnerability.id),
    ...advisories
      .filter(({ fixed }) =>
        (fixed.get(engine) ?? []).some(
          (release) => sameBranch(release, version) && compareVersions(version, release) < 0,
        ),
      )
      .map(({ advisory }) => advisory.id),
  ];
}

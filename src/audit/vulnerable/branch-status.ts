import type { Version } from './version.ts';
import { branchOf, compareVersions, parseVersion } from './version.ts';
import type { VulnerabilityData } from './vulnerability-data.ts';

export interface BranchStatus {
  /** `7.0`. */
  readonly branch: string;
  /** It gets no fixes any more. */
  readonly ended: boolean;
  /** The newest release of the branch; undefined when the data names none. */
  readonly latest: string | undefined;
  /** The newest release of the nearest branch above that still gets fixes. */
  readonly next: string | undefined;
  /** The newest release of all. */
  readonly newest: string;
}

/** A branch that the data does not name has ended when a newer one is named; newer than all, it is unknown. */
export function branchStatus(
  { latest_releases_seen }: Pick<VulnerabilityData, 'latest_releases_seen'>,
  engine: 'redis' | 'valkey',
  version: Version,
): BranchStatus {
  const releases = releasesOf(latest_releases_seen[engine]);
  const branch = branchOf(version);
  const own = releases.find((release) => release.branch === branch);
  const newer = releases.filter(
    ({ parsed }) => compareVersions(parsed, version) > 0 && parsed !== own?.parsed,
  );
  return {
    branch,
    ended: own === undefined ? newer.length > 0 : own.ended,
    latest: own?.release,
    next: newer.find(({ ended }) => !ended)?.release,
    newest: releases.at(-1)?.release ?? '',
  };
}

interface Release {
  readonly branch: string;
  readonly release: string;
  readonly parsed: Version;
  readonly ended: boolean;
}

const read = new WeakMap<object, readonly Release[]>();

/** In ascending order. `8.0.6 (no later fixes)` is the last of its branch. */
export function releasesOf(seen: Readonly<Record<string, string>>): readonly Release[] {
  const known = read.get(seen);
  if (known !== undefined) return known;
  const made = Object.entries(seen)
    .map(([branch, text]) => ({
      branch,
      release: text.split(' ')[0] ?? text,
      parsed: parseVersion(text) ?? ([0, 0, 0] as const),
      ended: text.includes(' '),
    }))
    .toSorted((left, right) => compareVersions(left.parsed, right.parsed));
  read.set(seen, made);
  return made;
}

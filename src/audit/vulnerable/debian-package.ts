import { compareVersions, parseVersion } from './version.ts';
import type { DebianBuild, VulnerabilityData } from './vulnerability-data.ts';

/** The package a server was built from, and what its changelog says was fixed up to it. */
export interface DebianPackage {
  readonly build: DebianBuild;
  /** Ids, each with the revision that fixed it. */
  readonly fixed: ReadonlyMap<string, string>;
  /** The newest package that is known of the same line, to upgrade to; undefined when it is this one. */
  readonly newer: DebianBuild | undefined;
}

const known = new WeakMap<VulnerabilityData, Map<string, DebianPackage | undefined>>();

/**
 * Debian keeps the version number and adds the fixes, so the build id decides. A package holds the fixes of its own
 * line (`deb12u1` to `deb12u10`) and of the revisions it was made from, not those of other lines.
 */
export function debianPackage(
  data: VulnerabilityData,
  buildId: string | undefined,
): DebianPackage | undefined {
  if (buildId === undefined) return undefined;
  let packages = known.get(data);
  if (packages === undefined) {
    packages = new Map(data.debian_builds.map((build) => [build.build_id, undefined]));
    known.set(data, packages);
  }
  if (!packages.has(buildId)) return undefined;
  const made = packages.get(buildId) ?? packageOf(data, buildId);
  packages.set(buildId, made);
  return made;
}

function packageOf(data: VulnerabilityData, buildId: string): DebianPackage | undefined {
  const build = data.debian_builds.find(({ build_id }) => build_id === buildId);
  if (build === undefined) return undefined;
  const fixed = new Map<string, string>();
  const before = data.debian_builds.filter((other) => isBefore(other, build));
  for (const other of before.toSorted((left, right) => left.changelog_epoch - right.changelog_epoch)) {
    for (const id of other.cves_named_in_this_revision) {
      if (!fixed.has(id)) fixed.set(id, other.debian_version);
    }
  }
  return { build, fixed, newer: newerOfLine(data, build) };
}

function newerOfLine(data: VulnerabilityData, build: DebianBuild): DebianBuild | undefined {
  const own = revisionOf(build);
  return data.debian_builds
    .filter((other) => {
      const { upstream, line } = revisionOf(other);
      return (
        other.package === build.package &&
        line === own.line &&
        (line === undefined || compareVersions(upstream, own.upstream) >= 0) &&
        other.changelog_epoch > build.changelog_epoch
      );
    })
    .toSorted((left, right) => right.changelog_epoch - left.changelog_epoch)[0];
}

function isBefore(other: DebianBuild, build: DebianBuild): boolean {
  if (other.package !== build.package || other.changelog_epoch > build.changelog_epoch) return false;
  const [left, right] = [revisionOf(other), revisionOf(build)];
  if (left.line !== undefined && left.line !== right.line) return false;
  const order =
    compareVersions(left.upstream, right.upstream) || compareVersions(left.revision, right.revision);
  return order <= 0;
}

/** `5:7.0.15-1~deb12u10` is upstream 7.0.15, revision 1, line deb12. */
function revisionOf({ debian_version, upstream }: DebianBuild): {
  upstream: readonly [number, number, number];
  revision: readonly [number, number, number];
  line: string | undefined;
} {
  const line = /[~+](deb\d+)u\d+$/.exec(debian_version);
  const base = line === null ? debian_version : debian_version.slice(0, line.index);
  return {
    upstream: parseVersion(upstream) ?? [0, 0, 0],
    revision: parseVersion(base.slice(base.lastIndexOf('-') + 1)) ?? [0, 0, 0],
    line: line?.[1],
  };
}

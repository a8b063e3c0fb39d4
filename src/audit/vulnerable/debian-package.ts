import { compareVersions, parseVersion } from './server-version.ts';
import type { DebianBuild, VulnerabilityData } from './vulnerability-data.ts';

/** The package a server was built from, and what its changelog says was fixed up to it. */
export interface DebianPackage {
  readonly build: DebianBuild;
  readonly fixed: ReadonlySet<string>;
}

/**
 * Debian keeps the version number and adds the fixes, so the build id decides. A package holds the fixes of its own
 * line (`deb12u1` to `deb12u10`) and of the revisions it was made from, not those of other lines.
 */
export function debianPackage(
  data: VulnerabilityData,
  buildId: string | undefined,
): DebianPackage | undefined {
  const build = data.debian_builds.find(({ build_id }) => build_id === buildId);
  if (build === undefined) return undefined;
  const before = data.debian_builds.filter((other) => isBefore(other, build));
  return { build, fixed: new Set(before.flatMap((other) => other.cves_named_in_this_revision)) };
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

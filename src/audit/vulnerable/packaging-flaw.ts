import type { ServerFacts } from '../server-facts.ts';
import type { BuiltBy } from './built-by.ts';
import { compareVersions, parseVersion } from './version.ts';

/**
 * CVE-2022-0543: Debian builds Redis with its own Lua library since 5:5.0~rc4-3, which leaves `package` in reach of
 * scripts; closed on 14 February 2022 (5:6.0.16-1+deb11u2, 5:6.0.16-2, Ubuntu in March). Sources: the changelog of the
 * package, https://www.debian.org/security/2022/dsa-5081, https://ubuntu.com/security/notices/USN-5316-1.
 */
const DEBIAN_LUA = {
  id: 'CVE-2022-0543',
  first: [5, 0, 0],
  closed: 1_644_878_700,
  last: [6, 0, 16],
} as const;
/** Ubuntu followed three weeks later; a package from later than this was built after both. */
const BOTH_CLOSED = 1_647_000_000;

export type PackagingAnswer = 'affected' | 'fixed' | 'possible' | 'not-affected';

/** Whether a flaw that a distribution made is in this build; upstream builds never have it. */
export function packagingFlaw(
  id: string,
  { engine }: ServerFacts,
  built: BuiltBy,
): { answer: PackagingAnswer; says: string } {
  const version = engine?.parsed;
  if (id !== DEBIAN_LUA.id || engine?.comparable !== 'redis' || version === undefined) return none;
  if (compareVersions(version, DEBIAN_LUA.first) < 0) return none;
  if (built.by === 'debian') {
    const { build, fixed } = built.package;
    const revision = fixed.get(id);
    if (revision !== undefined || build.changelog_epoch >= DEBIAN_LUA.closed) {
      return { answer: 'fixed', says: `Debian closed it in February 2022, before ${build.debian_version}` };
    }
    const upstream = parseVersion(build.upstream);
    const old = upstream !== undefined && compareVersions(upstream, DEBIAN_LUA.last) <= 0;
    return {
      answer: old ? 'affected' : 'possible',
      says: `Debian's ${build.debian_version} is older than the fix of February 2022`,
    };
  }
  // Releases from 7.0 on came after the fix; Ubuntu took it over in March 2022.
  if (built.by !== 'distribution' || version[0] >= 7) return none;
  if (built.epoch !== undefined && built.epoch >= BOTH_CLOSED) {
    return { answer: 'fixed', says: 'the package is of a later day than the fix' };
  }
  return { answer: 'possible', says: 'if the package is one of Debian or Ubuntu from before March 2022' };
}

const none = { answer: 'not-affected', says: 'upstream builds do not have it' } as const;

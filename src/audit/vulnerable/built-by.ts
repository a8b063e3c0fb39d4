import type { ServerFacts } from '../server-facts.ts';
import type { DebianPackage } from './debian-package.ts';
import { debianPackage } from './debian-package.ts';
import { packageEpoch } from './package-date.ts';
import { providerOf } from './provider.ts';
import type { VulnerabilityData } from './vulnerability-data.ts';

/** Who built the server, which decides what its version number is worth. */
export type BuiltBy =
  /** A package of Debian that the data knows. */
  | { readonly by: 'debian'; readonly package: DebianPackage }
  /** A package of some distribution, of this date (seconds since 1970 UTC): told by the build id. */
  | { readonly by: 'distribution'; readonly epoch: number | undefined }
  | { readonly by: 'provider'; readonly provider: string }
  /** A release as it was published, or nothing says otherwise. */
  | { readonly by: 'upstream' };

/** Reads: redis_build_id, executable, os of INFO server; host name; names of a valid certificate. */
export function builtBy(data: VulnerabilityData, facts: ServerFacts): BuiltBy {
  const { info, engine } = facts;
  const buildId = info?.get('redis_build_id')?.slice(0, 20);
  const debian = debianPackage(data, buildId);
  if (debian !== undefined && debian.build.upstream === engine?.version) {
    return { by: 'debian', package: debian };
  }
  const provider = providerOf(facts);
  if (provider !== undefined) return { by: 'provider', provider };
  const epoch = buildId === undefined ? undefined : dateOf(facts, buildId);
  return epoch !== undefined || isInstalledByPackage(facts)
    ? { by: 'distribution', epoch }
    : { by: 'upstream' };
}

const MOST_DATES = 2_000;
const dates = new Map<string, number | undefined>();

/** Remembered: the servers of a fleet are of a few builds. */
function dateOf({ info, engine }: ServerFacts, buildId: string): number | undefined {
  if (engine?.comparable === undefined || info === undefined) return undefined;
  const clean = info.get('redis_git_dirty') ?? '0';
  if (clean !== '0' || (info.get('redis_git_sha1') ?? ZEROS) !== ZEROS) return undefined;
  const key = `${engine.comparable} ${engine.version} ${buildId}`;
  if (dates.has(key)) return dates.get(key);
  if (dates.size >= MOST_DATES) dates.clear();
  const found = packageEpoch({ package: engine.comparable, upstream: engine.version }, buildId);
  dates.set(key, found);
  return found;
}

const ZEROS = '00000000';

/** Packages put the server into /usr/bin; what people build or containers bring is elsewhere. */
function isInstalledByPackage({ info }: ServerFacts): boolean {
  return /^\/usr\/s?bin\//.test((info?.get('executable') ?? '').slice(0, 40));
}

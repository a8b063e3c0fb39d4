import type { ServerFacts } from '../server-facts.ts';
import type { Version } from './server-version.ts';
import { compareVersions, parseVersion } from './server-version.ts';
import type { Vulnerability, VulnerabilityData } from './vulnerability-data.ts';

export interface Affecting {
  readonly vulnerability: Vulnerability;
  /** The data says so only as a possibility, or the flaw is disputed. */
  readonly possible: boolean;
}

/** What the version of the engine, and of its modules, has: by branch, half-open. */
export function affecting(data: VulnerabilityData, facts: ServerFacts): Affecting[] {
  const { engine } = facts;
  const version = engine?.parsed;
  if (engine?.comparable === undefined || version === undefined) return [];
  const { comparable } = engine;
  return data.cves.flatMap((vulnerability) => {
    if (vulnerability.kind !== 'server' && vulnerability.kind !== 'module') return [];
    const range = (vulnerability.affected[comparable] ?? []).find((one) => isInside(version, one));
    if (range === undefined && !moduleAffected(vulnerability, facts)) return [];
    return [{ vulnerability, possible: vulnerability.disputed || range?.fix_status !== undefined }];
  });
}

/** Names of modules in the data, and in MODULE LIST. */
const MODULE_NAMES: Readonly<Record<string, string>> = {
  redistimeseries: 'timeseries',
  redisearch: 'search',
  redisbloom: 'bf',
};

/** MODULE LIST prints 2.8.10 as 20810. */
function moduleAffected({ affected }: Vulnerability, { modules }: ServerFacts): boolean {
  return Object.entries(affected).some(([name, ranges]) => {
    const module = modules?.find((one) => one.name.toLowerCase() === MODULE_NAMES[name]);
    if (module === undefined || module.version <= 0) return false;
    const version: Version = [
      Math.floor(module.version / 10_000),
      Math.floor(module.version / 100) % 100,
      module.version % 100,
    ];
    return ranges.some((range) => isInside(version, range));
  });
}

function isInside(version: Version, range: { introduced: string; fixed: string | null }): boolean {
  const from = parseVersion(range.introduced) ?? [0, 0, 0];
  const to = range.fixed === null ? undefined : parseVersion(range.fixed);
  return compareVersions(version, from) >= 0 && (to === undefined || compareVersions(version, to) < 0);
}

/** Fixes of the server's own branch that it does not have and that have no CVE. */
export function unnumbered(data: VulnerabilityData, facts: ServerFacts): string[] {
  const { engine } = facts;
  const version = engine?.parsed;
  if (engine?.comparable === undefined || version === undefined) return [];
  const { comparable } = engine;
  return data.advisories_without_cve.flatMap(({ id, title, fixed, needs }) => {
    const missing = (fixed[comparable] ?? []).some((text) => {
      const release = parseVersion(text);
      return release !== undefined && sameBranch(release, version) && compareVersions(version, release) < 0;
    });
    const elsewhere = needs !== undefined || (title.includes('RedisBloom') && !hasBloom(facts));
    return missing && !elsewhere ? [`${id}: ${title}`] : [];
  });
}

function sameBranch(left: Version, right: Version): boolean {
  return left[0] === right[0] && left[1] === right[1];
}

function hasBloom({ modules }: ServerFacts): boolean {
  return modules?.some(({ name }) => name.toLowerCase() === 'bf') ?? false;
}

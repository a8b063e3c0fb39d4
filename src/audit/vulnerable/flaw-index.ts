import type { FlawVerdict } from './flaw-verdict.ts';
import type { Version } from './version.ts';
import { isInside, parseVersion } from './version.ts';
import type { Advisory, Vulnerability, VulnerabilityData } from './vulnerability-data.ts';

export interface KnownRange {
  readonly from: Version;
  /** Undefined when no fixed release is known. */
  readonly to: Version | undefined;
  /** Why it is a possibility only. */
  readonly status: string | undefined;
}

export interface KnownFlaw {
  readonly vulnerability: Vulnerability;
  /** By engine or module. */
  readonly ranges: ReadonlyMap<string, readonly KnownRange[]>;
  /** The verdict of most releases on most flaws, made once. */
  readonly notAffected: FlawVerdict;
}

/** The data with its releases read once: a fleet asks it ten thousands of times. */
export interface FlawIndex {
  readonly flaws: readonly KnownFlaw[];
  readonly advisories: readonly { advisory: Advisory; fixed: ReadonlyMap<string, readonly Version[]> }[];
}

const indices = new WeakMap<VulnerabilityData, FlawIndex>();

export function flawIndex(data: VulnerabilityData): FlawIndex {
  const known = indices.get(data);
  if (known !== undefined) return known;
  const made: FlawIndex = {
    flaws: data.cves.map((vulnerability) => ({
      vulnerability,
      notAffected: notAffected(vulnerability),
      ranges: new Map(
        Object.entries(vulnerability.affected).map(([name, ranges]) => [
          name,
          ranges.map(({ introduced, fixed, fix_status }) => ({
            from: parseVersion(introduced) ?? [0, 0, 0],
            to: fixed === null ? undefined : parseVersion(fixed),
            status: fix_status,
          })),
        ]),
      ),
    })),
    advisories: data.advisories_without_cve.map((advisory) => ({
      advisory,
      fixed: new Map(
        Object.entries(advisory.fixed).map(([name, releases]) => [
          name,
          releases.flatMap((release) => [parseVersion(release) ?? []].filter(isVersion)),
        ]),
      ),
    })),
  };
  indices.set(data, made);
  return made;
}

function notAffected(vulnerability: Vulnerability): FlawVerdict {
  const { id, title, severity, precondition } = vulnerability;
  return {
    id,
    title,
    severity,
    auth: precondition.auth,
    needs: precondition.needs,
    vulnerability,
    verdict: 'not-affected',
    because: 'not in this release',
    from: 'INFO server',
  };
}

function isVersion(parts: readonly number[]): parts is Version {
  return parts.length === 3;
}

/** The range of this engine or module that the version is in. */
export function rangeOf({ ranges }: KnownFlaw, name: string, version: Version): KnownRange | undefined {
  return ranges.get(name)?.find(({ from, to }) => isInside(version, from, to));
}

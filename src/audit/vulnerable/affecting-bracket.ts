import type { KnownRange } from './flaw-index.ts';
import { flawIndex } from './flaw-index.ts';
import type { Version } from './version.ts';
import { compareVersions, parseVersion } from './version.ts';
import type { Vulnerability, VulnerabilityData } from './vulnerability-data.ts';

/** A server that shows its age only by the commands it knows: from <= version < below (src/audit/ask/version-bracket.ts). */
export interface ReleaseBracket {
  /** Undefined when the commands do not tell Redis from Valkey. */
  readonly engine: 'redis' | 'valkey' | undefined;
  /** `7.0`; undefined when it knows none of the commands that were asked about. */
  readonly from: string | undefined;
  /** Undefined when it knows the newest of them. */
  readonly below: string | undefined;
}

interface Bracket {
  readonly low: Version;
  readonly high: Version | undefined;
}

export interface BracketFlaws {
  /** Every release of the bracket has them. */
  readonly certain: readonly Vulnerability[];
  /** At least one release has them. */
  readonly possible: readonly Vulnerability[];
}

/** Flaws of the server itself, as information: what they need, and who built it, cannot be seen through a lock. */
export function affectingBracket(
  data: VulnerabilityData,
  { engine, from, below }: ReleaseBracket,
): BracketFlaws {
  const bracket: Bracket = {
    low: (from === undefined ? undefined : parseVersion(from)) ?? [0, 0, 0],
    high: below === undefined ? undefined : parseVersion(below),
  };
  const engines = engine === undefined ? (['redis', 'valkey'] as const) : [engine];
  const touched = flawIndex(data).flaws.flatMap(({ vulnerability, ranges }) => {
    if (vulnerability.kind !== 'server') return [];
    const each = engines.map((name) => (ranges.get(name) ?? []).filter((range) => meets(range, bracket)));
    if (each.every((own) => own.length === 0)) return [];
    const certain = !vulnerability.disputed && each.every((own) => covers(own, bracket));
    return [{ vulnerability, certain }];
  });
  return {
    certain: touched.flatMap(({ vulnerability, certain }) => (certain ? [vulnerability] : [])),
    possible: touched.flatMap(({ vulnerability, certain }) => (certain ? [] : [vulnerability])),
  };
}

function meets({ from, to }: KnownRange, { low, high }: Bracket): boolean {
  const beginsBefore = high === undefined || compareVersions(from, high) < 0;
  return beginsBefore && (to === undefined || compareVersions(to, low) > 0);
}

/** Walks from the low end as far as the ranges reach without a gap. */
function covers(ranges: readonly KnownRange[], { low, high }: Bracket): boolean {
  let reached = low;
  for (const { from, to, status } of ranges.toSorted((left, right) =>
    compareVersions(left.from, right.from),
  )) {
    if (status !== undefined || compareVersions(from, reached) > 0) return false;
    if (to === undefined) return true;
    if (compareVersions(to, reached) > 0) reached = to;
    if (high !== undefined && compareVersions(reached, high) >= 0) return true;
  }
  return false;
}

import type { Finding } from '../model/finding.ts';
import type { Severity } from '../model/severity.ts';
import { severityRank } from '../model/severity.ts';

/** What several findings amount to. Bounded, whatever comes: beyond the limits it only counts. */
export interface Gathered {
  count: number;
  /** Addresses; at most `MOST_SOURCES`, then there are at least so many. */
  readonly sources: Set<string>;
  readonly sensors: Set<string>;
  readonly campaigns: Set<string>;
  /** By id, the first `MOST_NAMES`. */
  readonly rules: Map<string, { readonly title: string; readonly severity: Severity; count: number }>;
  severity: Severity;
  /** Times of the first and the last finding, milliseconds since 1970 UTC. */
  first: number;
  last: number;
  /** The worst findings, one a rule first; worst first. */
  samples: Finding[];
}

export const MOST_SOURCES = 1_000;
const MOST_NAMES = 20;
const MOST_SAMPLES = 5;

export function gather(finding: Finding, campaign: string | undefined): Gathered {
  const { rule, title, severity, time, peer, sensor } = finding;
  return {
    count: 1,
    sources: new Set([peer.address]),
    sensors: new Set([sensor]),
    campaigns: new Set(campaign === undefined ? [] : [campaign]),
    rules: new Map([[rule, { title, severity, count: 1 }]]),
    severity,
    first: time,
    last: time,
    samples: [finding],
  };
}

/** Adds `more` to what there is; `more` must not be used afterwards. */
export function merged(before: Gathered | undefined, more: Gathered): Gathered {
  if (before === undefined) return more;
  before.count += more.count;
  before.first = Math.min(before.first, more.first);
  before.last = Math.max(before.last, more.last);
  if (severityRank(more.severity) > severityRank(before.severity)) before.severity = more.severity;
  addUpTo(before.sources, more.sources, MOST_SOURCES);
  addUpTo(before.sensors, more.sensors, MOST_NAMES);
  addUpTo(before.campaigns, more.campaigns, MOST_NAMES);
  for (const [id, { title, severity, count }] of more.rules) {
    const known = before.rules.get(id);
    if (known !== undefined) known.count += count;
    else if (before.rules.size < MOST_NAMES) before.rules.set(id, { title, severity, count });
  }
  before.samples = worstOf([...before.samples, ...more.samples]);
  return before;
}

function addUpTo(set: Set<string>, more: Iterable<string>, most: number): void {
  for (const one of more) {
    if (set.size >= most) return;
    set.add(one);
  }
}

/** A second finding of a rule says less than the first one of another. */
function worstOf(findings: readonly Finding[]): Finding[] {
  const seen = new Set<string>();
  const ranked = findings.map((finding) => {
    const repeated = seen.has(finding.rule);
    seen.add(finding.rule);
    return { finding, rank: severityRank(finding.severity) - (repeated ? 10 : 0) };
  });
  return ranked
    .toSorted((a, b) => b.rank - a.rank)
    .slice(0, MOST_SAMPLES)
    .map(({ finding }) => finding);
}

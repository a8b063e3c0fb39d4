import type { Check, CheckResult } from '../../check.ts';
import type { ServerFacts } from '../../server-facts.ts';
import type { BuiltBy } from '../../vulnerable/built-by.ts';
import { builtBy } from '../../vulnerable/built-by.ts';
import { decidingFacts, textOfFacts } from '../../vulnerable/deciding-facts.ts';
import type { FlawVerdict } from '../../vulnerable/flaw-verdict.ts';
import { flawVerdicts } from '../../vulnerable/flaw-verdicts.ts';
import type { Engine } from '../../vulnerable/server-version.ts';
import { upgradeAdvice } from '../../vulnerable/upgrade-advice.ts';
import type { VulnerabilityData } from '../../vulnerable/vulnerability-data.ts';
import { ageInDays, STALE_DAYS } from '../../vulnerable/vulnerability-data.ts';
import { flawFindings } from './flaw-findings.ts';

/** Reads: INFO server (engine, version, build id), MODULE LIST, and what the preconditions need. Nothing is tried. */
export const knownVulnerabilities: Check = {
  id: 'audit.vulnerable.known',
  axis: 'vulnerable',
  title: 'No known flaw can be reached',
  reads: [
    'INFO server',
    'redis_build_id',
    'MODULE LIST',
    'COMMAND INFO',
    'ACL DRYRUN',
    'ACL LIST',
    'CONFIG GET tls-port',
    'CONFIG GET maxmemory-clients',
    'RDB redis-ver',
  ],
  depth: 'L1',
  run: ({ facts, vulnerabilities, now }): CheckResult => {
    const remarks = staleness(vulnerabilities, now);
    const { engine } = facts;
    if (engine === undefined) {
      const why = facts.subject.kind === 'server' ? 'INFO is not visible' : 'no dump was given';
      return { findings: [], remarks, unseen: [`its flaws: ${why}`] };
    }
    const label = `${engine.name} ${engine.version}`;
    if (engine.comparable === undefined) {
      const why = 'is not Redis, and its number says nothing about the flaws of Redis';
      return { findings: [], remarks, unseen: [`its flaws: ${label} ${why}`] };
    }
    if (engine.parsed === undefined) {
      return { findings: [], remarks, unseen: [`its flaws: '${engine.version}' is no version of a release`] };
    }
    const built = builtBy(vulnerabilities, facts);
    const result = remembered(vulnerabilities, decidingFacts(facts), engine, built);
    return remarks.length === 0 ? result : { ...result, remarks: [...remarks, ...(result.remarks ?? [])] };
  },
};

/** Enough for the releases and set-ups of a large fleet; one result is up to 20 kB. */
const MOST_RESULTS = 500;
const results = new WeakMap<VulnerabilityData, Map<string, CheckResult>>();

/** Told once for all servers of which the same is known. */
function remembered(
  data: VulnerabilityData,
  facts: ServerFacts,
  engine: Engine,
  built: BuiltBy,
): CheckResult {
  const known = results.get(data) ?? new Map<string, CheckResult>();
  const key = `${textOfBuilt(built)} ${textOfFacts(facts)}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  if (known.size >= MOST_RESULTS) known.clear();
  const made = judged(data, facts, engine, built);
  results.set(data, known.set(key, made));
  return made;
}

function judged(data: VulnerabilityData, facts: ServerFacts, engine: Engine, built: BuiltBy): CheckResult {
  const verdicts = flawVerdicts(data, facts, built);
  const advice = upgradeAdvice(data, facts, built, verdicts);
  const hidden = facts.modules === undefined && engine.parsed !== undefined && engine.parsed[0] < 8;
  return {
    findings: flawFindings(engine, built, verdicts, advice),
    remarks: hidden ? ['flaws of modules: MODULE LIST is not visible'] : [],
    ...unseen(verdicts, built.by),
  };
}

function textOfBuilt(built: BuiltBy): string {
  switch (built.by) {
    case 'debian':
      return `debian ${built.package.build.build_id}`;
    case 'distribution':
      return `distribution ${built.epoch}`;
    case 'provider':
      return `provider ${built.provider}`;
    case 'upstream':
      return 'upstream';
  }
}

function staleness(data: VulnerabilityData, now: number): string[] {
  const days = ageInDays(data, now);
  return days > STALE_DAYS
    ? [
        `vulnerabilities published since ${data.as_of}: the data is ${days} days old; update Sundew, or give a newer file (docs/data.md)`,
      ]
    : [];
}

/** Only what sight would decide keeps the answer from "no"; what is disputed stays so however much is visible. */
function unseen(verdicts: readonly FlawVerdict[], by: BuiltBy['by']): Pick<CheckResult, 'unseen'> {
  if (!verdicts.some(({ verdict, hidden }) => verdict === 'version-only' && hidden === true)) return {};
  return { unseen: [WHAT_HIDES[by]] };
}

const WHAT_HIDES: Readonly<Record<BuiltBy['by'], string>> = {
  distribution:
    'the package: it looks like one of a distribution, and those carry fixes without changing the version',
  provider: 'what its provider patched: providers do not change the version',
  debian: 'whether the flaws of its version can be reached: what they need is not visible',
  upstream: 'whether the flaws of its version can be reached: what they need is not visible',
};

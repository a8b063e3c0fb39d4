import type { Check, CheckResult } from '../../check.ts';
import type { BuiltBy } from '../../vulnerable/built-by.ts';
import { builtBy } from '../../vulnerable/built-by.ts';
import type { FlawVerdict } from '../../vulnerable/flaw-verdict.ts';
import { flawVerdicts } from '../../vulnerable/flaw-verdicts.ts';
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
    if (engine === undefined) return { findings: [], remarks, unseen: ['its flaws: INFO is not visible'] };
    const label = `${engine.name} ${engine.version}`;
    if (engine.comparable === undefined) {
      const why = 'is not Redis, and its number says nothing about the flaws of Redis';
      return { findings: [], remarks, unseen: [`its flaws: ${label} ${why}`] };
    }
    if (engine.parsed === undefined) {
      return { findings: [], remarks, unseen: [`its flaws: '${engine.version}' is no version of a release`] };
    }
    const built = builtBy(vulnerabilities, facts);
    const verdicts = flawVerdicts(vulnerabilities, facts);
    const advice = upgradeAdvice(vulnerabilities, facts, built, verdicts);
    const modules =
      facts.modules === undefined && engine.parsed[0] < 8
        ? ['flaws of modules: MODULE LIST is not visible']
        : [];
    return {
      findings: flawFindings(engine, built, verdicts, advice),
      remarks: [...remarks, ...modules],
      ...unseen(verdicts, built.by),
    };
  },
};

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

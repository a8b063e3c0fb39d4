import type { ServerFacts } from '../server-facts.ts';
import { advisoryVerdicts } from './advisory-verdicts.ts';
import type { BuiltBy } from './built-by.ts';
import { builtBy } from './built-by.ts';
import type { KnownFlaw } from './flaw-index.ts';
import { flawIndex, rangeOf } from './flaw-index.ts';
import type { FlawVerdict } from './flaw-verdict.ts';
import type { Judging } from './judging.ts';
import { mayBePatched } from './judging.ts';
import { MODULE_PROJECTS, moduleRange } from './module-versions.ts';
import { packagingFlaw } from './packaging-flaw.ts';
import { preconditionOf } from './preconditions.ts';
import type { Vulnerability, VulnerabilityData } from './vulnerability-data.ts';

/** One verdict for each entry of the data; none for an engine whose number says nothing of Redis's flaws. */
export function flawVerdicts(
  data: VulnerabilityData,
  facts: ServerFacts,
  built: BuiltBy = builtBy(data, facts),
): FlawVerdict[] {
  const { engine } = facts;
  if (engine?.comparable === undefined || engine.parsed === undefined) return [];
  const index = flawIndex(data);
  const subject: Judging = {
    facts,
    built,
    engine: engine.comparable,
    version: engine.parsed,
  };
  return [
    ...index.flaws.map((flaw) => {
      const judgement = judge(flaw, subject);
      return judgement === undefined ? flaw.notAffected : { ...flaw.notAffected, ...judgement };
    }),
    ...advisoryVerdicts(index, subject),
  ];
}

type Judgement = Pick<FlawVerdict, 'verdict' | 'because' | 'from' | 'hidden' | 'doubtful'>;

/** Undefined: not in this release. */
function judge(flaw: KnownFlaw, judging: Judging): Judgement | undefined {
  const { facts, built, engine, version } = judging;
  const { vulnerability } = flaw;
  const { id, kind } = vulnerability;
  if (kind === 'packaging') return judgePackaging(vulnerability, judging);
  const range =
    kind === 'module' ? moduleRange(flaw, facts, engine, version) : rangeOf(flaw, engine, version);
  if (range === undefined) return kind === 'module' ? unseenModule(flaw, facts) : undefined;
  const fixedIn = built.by === 'debian' ? built.package.fixed.get(id) : undefined;
  if (fixedIn !== undefined) {
    return { verdict: 'fixed-by-package', because: `Debian fixed it in ${fixedIn}`, from: 'redis_build_id' };
  }
  const outside = notOfTheServer(vulnerability);
  if (outside !== undefined) return { verdict: 'not-met', because: outside, from: 'the record' };
  const doubt = range.status ?? (vulnerability.disputed ? 'it is disputed that this is a flaw' : undefined);
  return withDoubt(vulnerability, judging, doubt === undefined ? undefined : { says: doubt, doubtful: true });
}

/** What it needs, then what makes the number worth less than it says. */
function withDoubt(
  { id, precondition }: Vulnerability,
  judging: Judging,
  doubt: { readonly says: string; readonly doubtful: boolean } | undefined,
): Judgement {
  const need = preconditionOf(precondition.needs, judging.facts);
  const doubtful = doubt?.doubtful === true ? { doubtful: true } : {};
  switch (need.answer) {
    case 'unmet':
      return { verdict: 'not-met', because: need.says, from: need.from, ...doubtful };
    case 'denied':
      return { verdict: 'denied', because: need.says, from: need.from, ...doubtful };
    case 'met':
    case 'unseen': {
      if (doubt?.doubtful === true)
        return { verdict: 'version-only', because: doubt.says, from: 'the record', doubtful: true };
      const unsure = doubt?.says ?? mayBePatched(id, judging);
      if (unsure !== undefined) {
        return { verdict: 'version-only', because: unsure, from: 'INFO server', hidden: true };
      }
      return need.answer === 'met'
        ? { verdict: 'reachable', because: need.says, from: need.from }
        : { verdict: 'version-only', because: need.says, from: need.from, hidden: true };
    }
  }
}

function judgePackaging(vulnerability: Vulnerability, judging: Judging): Judgement {
  const { answer, says } = packagingFlaw(vulnerability.id, judging.facts, judging.built);
  switch (answer) {
    case 'not-affected':
      return { verdict: 'not-affected', because: says, from: 'redis_build_id' };
    case 'fixed':
      return { verdict: 'fixed-by-package', because: says, from: 'redis_build_id' };
    case 'affected':
    case 'possible':
      return withDoubt(
        vulnerability,
        judging,
        // Of a known package more cannot be seen.
        answer === 'possible' ? { says, doubtful: judging.built.by === 'debian' } : undefined,
      );
  }
}

/** A module that was built on its own has versions of its own, and what is loaded may not be visible. */
function unseenModule(
  { ranges }: KnownFlaw,
  { modules, hidden, engine }: ServerFacts,
): Judgement | undefined {
  const own = MODULE_PROJECTS.some((project) => ranges.has(project));
  if (modules !== undefined || !own || (engine?.parsed?.[0] ?? 8) >= 8) return undefined;
  const because = `which modules are loaded is not visible (${hidden.get('modules') ?? 'not asked'})`;
  return { verdict: 'version-only', because, from: 'MODULE LIST', hidden: true };
}

/** Why the server itself is not where the flaw is used. */
function notOfTheServer({ kind, precondition: { auth } }: Vulnerability): string | undefined {
  if (kind === 'client') return 'a flaw of redis-cli, not of the server';
  if (kind === 'tool') return 'a flaw of a tool beside the server';
  if (kind === 'third-party-port') return 'a flaw of another port';
  if (auth === 'local') return 'it takes an account on the host';
  if (auth === 'malicious-server') return 'it takes a server that lies to its client';
  return undefined;
}

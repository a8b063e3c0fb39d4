import { printableText } from '../../../model/printable.ts';
import type { Severity } from '../../../model/severity.ts';
import { severityRank } from '../../../model/severity.ts';
import type { FindingDraft } from '../../check.ts';
import type { BuiltBy } from '../../vulnerable/built-by.ts';
import type { FlawVerdict } from '../../vulnerable/flaw-verdict.ts';
import type { Engine } from '../../vulnerable/server-version.ts';

const COMMON = { stage: 'execution', attack: ['T1190'] } as const;

/** Each verdict that an operator has to know of becomes a finding, each flaw a piece of evidence of its own. */
export function flawFindings(
  engine: Engine,
  built: BuiltBy,
  verdicts: readonly FlawVerdict[],
  advice: string,
): FindingDraft[] {
  const of = (...kinds: readonly FlawVerdict['verdict'][]): FlawVerdict[] =>
    verdicts.filter(({ verdict }) => kinds.includes(verdict));
  const reachable = of('reachable');
  // A mere possibility that does not arise here is no news.
  const possible = of('version-only').filter(({ doubtful }) => doubtful === true);
  const byNumber = of('version-only').filter(({ doubtful }) => doubtful !== true);
  const unusable = of('denied', 'not-met').filter(({ doubtful }) => doubtful !== true);
  const [numbered, unnumbered] = [reachable.filter(hasNumber), reachable.filter((one) => !hasNumber(one))];
  const told = (list: readonly FlawVerdict[]): FindingDraft['evidence'] => evidence(engine, built, list);
  const name = nameOf(engine);
  const drafts: (FindingDraft & { readonly list: readonly FlawVerdict[] })[] = [
    {
      ...COMMON,
      list: numbered,
      rule: 'audit.vulnerable.known',
      title: `${name} has ${flaws(numbered.length)} that can be reached`,
      severity: worst(numbered),
      why: 'The version has these flaws, and what an attacker needs besides access is there: the command exists and is not denied, or the option is on.',
      advice,
      evidence: told(numbered),
    },
    {
      ...COMMON,
      list: unnumbered,
      rule: 'audit.vulnerable.unnumbered',
      title: `${name} lacks ${unnumbered.length} fix${unnumbered.length === 1 ? '' : 'es'} that got no CVE number`,
      severity: 'medium',
      why: 'The vendor fixed these in the same branch and announced them in the release notes only; scanners that read CVE lists miss them.',
      advice,
      evidence: told(unnumbered),
    },
    {
      ...COMMON,
      list: byNumber,
      rule: 'audit.vulnerable.version-only',
      title: `By its number, ${name} has ${flaws(byNumber.length)}; whether ${byNumber.length === 1 ? 'it' : 'they'} can be used here is not visible`,
      severity: 'low',
      why: `${whyOnly(built)} So the number alone proves nothing.`,
      advice,
      evidence: told(byNumber),
      decides: false,
    },
    {
      ...COMMON,
      list: possible,
      rule: 'audit.vulnerable.possible',
      title: `${flaws(possible.length)} of ${name} ${possible.length === 1 ? 'is' : 'are'} possible only`,
      severity: 'info',
      why: 'It is disputed that these are flaws, or no vendor names a fixed release of this branch.',
      advice,
      evidence: told(possible),
      decides: false,
    },
    {
      ...COMMON,
      list: unusable,
      rule: 'audit.vulnerable.unreachable',
      title: `${flaws(unusable.length)} of ${name} cannot be used here`,
      severity: 'info',
      why: 'The version has them, but the command is out of reach, or what they need is switched off.',
      advice,
      evidence: told(unusable),
      decides: false,
    },
    {
      ...COMMON,
      list: of('fixed-by-package'),
      rule: 'audit.vulnerable.fixed-by-package',
      title: `${flaws(of('fixed-by-package').length)} of ${name} ${of('fixed-by-package').length === 1 ? 'is' : 'are'} fixed by its package`,
      severity: 'info',
      why: 'The distribution kept the number and added the fixes. Scanners that compare numbers report these by mistake.',
      advice: 'Nothing to do',
      evidence: told(of('fixed-by-package')),
      decides: false,
    },
  ];
  return drafts.flatMap(({ list, ...draft }) => (list.length > 0 ? [draft] : []));
}

export function nameOf({ name, version }: Engine): string {
  const names: Readonly<Record<string, string>> = { redis: 'Redis', valkey: 'Valkey' };
  return `${names[name] ?? name} ${version}`;
}

/** `Debian's 5:7.0.15-1~deb12u10`; empty when nothing but the number is known. */
export function buildText(built: BuiltBy): string {
  switch (built.by) {
    case 'debian':
      return `Debian's ${built.package.build.debian_version}`;
    case 'provider':
      return built.provider;
    case 'distribution':
      return built.epoch === undefined
        ? 'a package'
        : `a package of ${new Date(built.epoch * 1_000).toISOString().slice(0, 10)}`;
    case 'upstream':
      return '';
  }
}

function whyOnly(built: BuiltBy): string {
  switch (built.by) {
    case 'provider':
      return 'Its provider patches without changing the number.';
    case 'distribution':
      return 'Distributions keep the number and add the fixes, and this build is not in the list of known packages.';
    case 'debian':
    case 'upstream':
      return 'Something that decides was not visible.';
  }
}

function flaws(count: number): string {
  return `${count} known flaw${count === 1 ? '' : 's'}`;
}

function hasNumber({ vulnerability }: FlawVerdict): boolean {
  return vulnerability !== undefined;
}

function worst(list: readonly FlawVerdict[]): Severity {
  return list.reduce<Severity>(
    (found, { severity }) => (severityRank(severity) > severityRank(found) ? severity : found),
    'low',
  );
}

function evidence(engine: Engine, built: BuiltBy, list: readonly FlawVerdict[]): FindingDraft['evidence'] {
  const build = buildText(built);
  const version = `${engine.name} ${engine.version}${build === '' ? '' : ` (${build})`}`;
  return [
    { event: 'INFO server', field: built.by === 'debian' ? 'redis_build_id' : 'version', excerpt: version },
    ...list
      .toSorted((left, right) => severityRank(right.severity) - severityRank(left.severity))
      .map((flaw) => ({ event: flaw.from, field: flaw.id, excerpt: excerpt(flaw) })),
  ];
}

/** `reachable, critical 10: Use-after-free in the Lua parser. EVAL is permitted to default. Login needed` */
function excerpt({ verdict, severity, title, because, auth, vulnerability }: FlawVerdict): string {
  const score = vulnerability?.cvss ?? undefined;
  const others = (vulnerability?.other_scores ?? []).map(
    ({ by, severity: theirs, cvss }) =>
      `; ${by}${theirs === null ? '' : ` ${theirs}`}${cvss === null ? '' : ` ${cvss}`}`,
  );
  const weight = `${severity}${score === undefined ? '' : ` ${score}`}${others.join('')}`;
  const needs = ['reachable', 'version-only'].includes(verdict) ? `. Login: ${auth}` : '';
  const possible = verdict === 'version-only' ? 'possible' : verdict;
  return printableText(`${possible}, ${weight}: ${because}${needs}. ${title}`, 200);
}

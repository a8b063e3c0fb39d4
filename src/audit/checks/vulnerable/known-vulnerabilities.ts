import type { Severity } from '../../../model/severity.ts';
import { severityRank } from '../../../model/severity.ts';
import type { AuditView, Check, CheckResult, FindingDraft } from '../../check.ts';
import type { ServerFacts } from '../../server-facts.ts';
import type { Affecting } from '../../vulnerable/affecting.ts';
import { affecting, unnumbered } from '../../vulnerable/affecting.ts';
import type { DebianPackage } from '../../vulnerable/debian-package.ts';
import { debianPackage } from '../../vulnerable/debian-package.ts';
import { preconditionOf } from '../../vulnerable/preconditions.ts';
import type { Engine } from '../../vulnerable/server-version.ts';
import { compareVersions, parseVersion } from '../../vulnerable/server-version.ts';

/** The data is looked after every few weeks; after a quarter it has missed some releases. */
const STALE_DAYS = 90;
const DAY_MS = 86_400_000;

/** Reads: INFO server (engine, version, build id), MODULE LIST, and what the preconditions need. Nothing is tried. */
export const knownVulnerabilities: Check = {
  id: 'audit.vulnerable.known',
  axis: 'vulnerable',
  title: 'No known flaw can be reached',
  reads: ['INFO server', 'redis_build_id', 'COMMAND INFO', 'ACL DRYRUN'],
  depth: 'L1',
  run: (view) => {
    const { facts, vulnerabilities, now } = view;
    const days = Math.floor((now - Date.parse(vulnerabilities.as_of)) / DAY_MS);
    const remarks =
      days > STALE_DAYS
        ? [
            `vulnerabilities published since ${vulnerabilities.as_of}: the data is ${days} days old; update Sundew`,
          ]
        : [];
    const { engine } = facts;
    if (engine === undefined) return { findings: [], remarks, unseen: ['its version: INFO is not visible'] };
    if (engine.comparable === undefined) {
      return {
        findings: [],
        remarks,
        unseen: [
          `its flaws: ${engine.name} ${engine.version} is not Redis, and its number says nothing about Redis's flaws`,
        ],
      };
    }
    if (engine.parsed === undefined) {
      return { findings: [], remarks, unseen: [`its flaws: '${engine.version}' is no version number`] };
    }
    return {
      remarks,
      ...judge(view, engine, debianPackage(vulnerabilities, facts.info?.get('redis_build_id'))),
    };
  },
};

function judge(view: AuditView, engine: Engine, debian: DebianPackage | undefined): CheckResult {
  const { facts, vulnerabilities } = view;
  const open = affecting(vulnerabilities, facts).filter(
    ({ vulnerability }) => debian?.fixed.has(vulnerability.id) !== true,
  );
  const sorted = Map.groupBy(open, ({ vulnerability, possible }) => {
    const precondition = preconditionOf(vulnerability, facts);
    if (!possible) return precondition;
    return precondition === 'unmet' ? 'neither' : 'possible';
  });
  const reachable = sorted.get('met') ?? [];
  const unseen = sorted.get('unseen') ?? [];
  const rest = [...(sorted.get('unmet') ?? []), ...(sorted.get('possible') ?? [])];
  const vendor = debian === undefined ? unnumbered(vulnerabilities, facts) : [];
  const advice = upgradeAdvice(view, engine, debian);
  if (
    debian === undefined &&
    isDistributionPackage(facts) &&
    reachable.length + unseen.length + vendor.length > 0
  ) {
    return {
      findings: [byNumberOnly(engine, [...reachable, ...unseen], advice)],
      unseen: [
        'the package: it looks like one of a distribution, and those carry fixes without changing the version',
      ],
    };
  }
  const findings: FindingDraft[] = [];
  if (reachable.length > 0) findings.push(exploitable(engine, reachable, advice));
  if (vendor.length > 0) findings.push(withoutNumber(engine, vendor, advice));
  const informative = [...unseen, ...rest];
  if (informative.length > 0) findings.push(notReachable(engine, informative, advice));
  const hidden = reachable.length === 0 && vendor.length === 0 && unseen.length > 0;
  return {
    findings,
    ...(hidden
      ? { unseen: ['whether the flaws of its version can be reached: settings are not visible'] }
      : {}),
  };
}

function exploitable(engine: Engine, list: readonly Affecting[], advice: string): FindingDraft {
  return {
    rule: 'audit.vulnerable.known',
    title: `${title(engine)} has ${list.length} known flaw${list.length === 1 ? '' : 's'} that can be reached`,
    severity: worst(list),
    stage: 'execution',
    attack: ['T1190'],
    why: 'The version has these flaws, and what an attacker needs besides access is there: the command exists and is not denied, or the option is on.',
    advice,
    evidence: evidence(engine, list),
  };
}

function withoutNumber(engine: Engine, vendor: readonly string[], advice: string): FindingDraft {
  return {
    rule: 'audit.vulnerable.unnumbered',
    title: `${title(engine)} lacks ${vendor.length} fix${vendor.length === 1 ? '' : 'es'} that got no CVE number`,
    severity: 'medium',
    stage: 'execution',
    attack: ['T1190'],
    why: 'The vendor fixed these in the same branch and announced them in the release notes only; scanners that read CVE lists miss them.',
    advice,
    evidence: vendor
      .slice(0, 10)
      .map((text) => ({ event: 'INFO server', field: 'advisory', excerpt: text.slice(0, 200) })),
  };
}

function notReachable(engine: Engine, list: readonly Affecting[], advice: string): FindingDraft {
  return {
    rule: 'audit.vulnerable.unreachable',
    title: `${list.length} flaw${list.length === 1 ? '' : 's'} of ${title(engine)} not shown to be reachable`,
    severity: 'info',
    stage: 'execution',
    attack: ['T1190'],
    why: 'What they need is switched off here, could not be seen, or it is disputed that they exist in this release.',
    advice,
    evidence: evidence(engine, list),
    decides: false,
  };
}

function byNumberOnly(engine: Engine, list: readonly Affecting[], advice: string): FindingDraft {
  return {
    rule: 'audit.vulnerable.version-only',
    title: `${title(engine)} may have ${list.length} known flaws, if its distribution did not fix them`,
    severity: 'low',
    stage: 'execution',
    attack: ['T1190'],
    why: 'By its number it has them. Distributions keep the number and add the fixes, and this build is not in the list of known packages.',
    advice: `Ask the package manager: apt-get changelog redis-server, or rpm -q --changelog redis\n${advice}`,
    evidence: evidence(engine, list),
    decides: false,
  };
}

function evidence(engine: Engine, list: readonly Affecting[]): FindingDraft['evidence'] {
  const told = list
    .toSorted(
      (left, right) => severityRank(right.vulnerability.severity) - severityRank(left.vulnerability.severity),
    )
    .map(({ vulnerability: { id, severity, title: what, precondition } }) => {
      const needs = [precondition.auth, ...precondition.needs].join(', ');
      return {
        event: 'INFO server',
        field: id,
        excerpt: `${severity}: ${what} (needs: ${needs})`.slice(0, 200),
      };
    });
  return [{ event: 'INFO server', field: 'version', excerpt: `${engine.name} ${engine.version}` }, ...told];
}

function upgradeAdvice(
  { vulnerabilities }: AuditView,
  { comparable, parsed }: Engine,
  debian: DebianPackage | undefined,
): string {
  if (debian !== undefined) {
    const { package: name, debian_version } = debian.build;
    return `It is Debian's package ${name} ${debian_version}\napt-get update && apt-get install --only-upgrade ${name}-server, then restart it`;
  }
  const releases = comparable === undefined ? undefined : vulnerabilities.latest_releases_seen[comparable];
  const branch = parsed === undefined ? '' : `${parsed[0]}.${parsed[1]}`;
  const own = releases?.[branch];
  const newest = Object.values(releases ?? {}).at(-1) ?? '';
  const latest = own === undefined ? undefined : parseVersion(own);
  if (parsed !== undefined && latest !== undefined && compareVersions(parsed, latest) >= 0) {
    return 'It is the newest release of its branch that this version of Sundew knows: watch for the next one';
  }
  const target =
    own === undefined || own.includes(' ') ? `${newest} (branch ${branch} gets no fixes any more)` : own;
  return `Upgrade to ${comparable ?? 'redis'} ${target} or later\nUntil then: deny what the flaws need, for example redis-cli ACL SETUSER default -@scripting -restore`;
}

/** Packages put the server into /usr/bin; what people build or containers bring is elsewhere. */
function isDistributionPackage({ info }: ServerFacts): boolean {
  return /^\/usr\/s?bin\//.test(info?.get('executable') ?? '');
}

function worst(list: readonly Affecting[]): Severity {
  return list.reduce<Severity>(
    (found, { vulnerability: { severity } }) =>
      severityRank(severity) > severityRank(found) ? severity : found,
    'low',
  );
}

function title({ name, version }: Engine): string {
  return `${name === 'valkey' ? 'Valkey' : 'Redis'} ${version}`;
}

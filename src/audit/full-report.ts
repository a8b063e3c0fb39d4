import { hash } from 'node:crypto';
import type { AuditDepth, AuditReport, CheckOutcome, Footprint } from '../model/audit-report.ts';
import { depthRank } from '../model/audit-report.ts';
import type { Evidence, Finding } from '../model/finding.ts';
import { printable } from '../model/printable.ts';
import { severityRank } from '../model/severity.ts';
import type { ConversationEnded } from './ask/conversation-ended.ts';
import { adviceFor, valkeyWords } from './ask/redis-cli.ts';
import type { AuditKnowledge } from './audit-server.ts';
import type { AuditView, Check, CheckResult, FindingDraft } from './check.ts';
import { CHECKS } from './checks.ts';
import { rungOf } from './infection/rung.ts';
import type { Inquiry } from './inquiry.ts';
import type { AuditLimits } from './limits.ts';
import { notTested } from './not-tested.ts';
import type { ServerFacts } from './server-facts.ts';
import type { Subject } from './subject.ts';
import type { Judged } from './verdicts.ts';
import { decides, verdicts } from './verdicts.ts';

export interface Material {
  readonly facts: ServerFacts;
  readonly inquiry: Inquiry;
  readonly knowledge: AuditKnowledge;
  readonly limits: AuditLimits;
  readonly depth: AuditDepth;
  readonly notes: readonly string[];
  /** What ended the conversation early. */
  readonly ended: ConversationEnded | undefined;
  readonly time: number;
  readonly ms: number;
  readonly sent: Readonly<Record<string, number>>;
  readonly footprint?: Footprint | undefined;
}

/** Runs every check over what was gathered, and says what it comes to. */
export function fullReport(material: Material): AuditReport {
  const { facts, inquiry, limits, ended, time, ms, sent } = material;
  const view = viewOf(material);
  const judged = CHECKS.map((check): Judged => ({ check, result: runCheck(check, view) }));
  const axes = verdicts(view, judged);
  const place = placeOf(facts.subject);
  const session = `audit-${time.toString(36)}-${hash('sha256', place).slice(0, 8)}`;
  const findings: Finding[] = [];
  for (const { check, result } of judged) {
    for (const draft of result.findings) findings.push(toFinding(draft, check, material, place, session));
  }
  return {
    target: facts.subject.text,
    kind: facts.subject.kind,
    outcome: ended === undefined ? 'audited' : 'partial',
    ...(ended === undefined ? {} : { message: ended.message }),
    depth: material.depth,
    rung: rungOf(view, axes.exposed.answer),
    time,
    ms,
    ...serverOf(material),
    axes,
    findings: findings.toSorted(byUrgency),
    checks: judged.map(outcomeOf),
    campaigns: campaignsOf(view),
    counts: {
      keysSeen: Math.max(inquiry.walk.names, inquiry.walk.named.length),
      valuesRead: inquiry.walk.read,
      maliciousKeys: maliciousKeys(view, material),
      maliciousValues: inquiry.maliciousValues.size,
    },
    notTested: [...material.notes, ...notTested(facts, inquiry.walk, judged, limits)],
    commandsSent: sent,
    ...(material.footprint === undefined ? {} : { footprint: material.footprint }),
  };
}

/** A check whose questions were not asked has nothing to judge. */
function runCheck(check: Check, view: AuditView): CheckResult {
  if (depthRank(view.depth) >= depthRank(check.depth)) return check.run(view);
  if (check.depth === 'L5') return { findings: [], moot: 'a question to the files of a server' };
  return leftOut(check, view.depth);
}

/** The same words for every server of a fleet, by the depth that was asked for. */
const tooDeepAt = new Map<AuditDepth, Map<Check, CheckResult>>();

function leftOut(check: Check, asked: AuditDepth): CheckResult {
  const known = tooDeepAt.get(asked) ?? new Map<Check, CheckResult>();
  const before = known.get(check);
  if (before !== undefined) return before;
  const made: CheckResult = {
    findings: [],
    unseen: [`${check.title}: needs depth ${check.depth}, asked was ${asked}`],
    tooDeep: { needs: check.depth, asked },
  };
  tooDeepAt.set(asked, known.set(check, made));
  return made;
}

/** Most checks find nothing on most servers: that outcome is made once. */
const cleared = new Map<Check, CheckOutcome>();
/** And so is that of a check that was not run. */
const notRun = new WeakMap<CheckResult, CheckOutcome>();

function outcomeOf({ check, result }: Judged): CheckOutcome {
  const { id, axis } = check;
  const { findings, unseen = [], moot, tooDeep } = result;
  if (tooDeep !== undefined) {
    const because = `needs depth ${tooDeep.needs}, asked was ${tooDeep.asked}`;
    const outcome = notRun.get(result) ?? { id, axis, result: 'not-tested', because };
    notRun.set(result, outcome);
    return outcome;
  }
  const because = moot ?? unseen.join('; ');
  const found = findings.some(decides);
  if (!found && because === '') {
    const clear: CheckOutcome = cleared.get(check) ?? { id, axis, result: 'clear' };
    cleared.set(check, clear);
    return clear;
  }
  const told = {
    ...(because === '' ? {} : { because }),
    ...(moot === undefined ? {} : { moot: true as const }),
  };
  return { id, axis, result: found ? 'found' : 'not-tested', ...told };
}

/** The worst first; of equal weight what has happened before what may. */
function byUrgency(left: Finding, right: Finding): number {
  const infected = Number(right.axis === 'infected') - Number(left.axis === 'infected');
  return severityRank(right.severity) - severityRank(left.severity) || infected;
}

function viewOf({ facts, inquiry, knowledge, depth, time }: Material): AuditView {
  const signs = inquiry.signs();
  const names = new Set(knowledge.campaigns.keyNames);
  return {
    facts,
    depth,
    walk: inquiry.walk,
    ruleHits: inquiry.ruleHits(),
    learnt: inquiry.learnt(),
    signs,
    campaigns: knowledge.campaigns.named(signs),
    campaignKeys: inquiry.walk.named.filter(({ key }) => names.has(key)),
    leaks: [...inquiry.leaks.groups.values()],
    certificatesWithKey: inquiry.leaks.certificatesWithKey(),
    vulnerabilities: knowledge.vulnerabilities,
    now: time,
  };
}

function serverOf({ facts, inquiry }: Material): Pick<AuditReport, 'server'> {
  const { info, engine } = facts;
  if (info === undefined || engine === undefined) return {};
  const field = (name: string, limit: number): string => printable(info.get(name) ?? '', limit);
  return {
    server: {
      engine: engine.name,
      version: engine.version,
      os: field('os', 80),
      role: field('role', 20),
      runId: field('run_id', 64),
      keys: inquiry.walk.total,
    },
  };
}

/** Those whose signs were found, and those our sensors tie to what was found on strong ground. */
function campaignsOf({ campaigns, learnt }: AuditView): AuditReport['campaigns'] {
  const found = new Map(campaigns.map((one) => [one.id, { ...one }]));
  for (const { strong, because, indicators } of learnt) {
    for (const { campaign } of strong ? indicators : []) {
      if (campaign !== undefined && !found.has(campaign))
        found.set(campaign, { id: campaign, title: campaign, because });
    }
  }
  return [...found.values()].map(({ id, title, because }) => ({ id, title, because: because.slice(0, 600) }));
}

/** As the study of 2018 counted: names of known campaigns; learnt names only where more than the name fits. */
function maliciousKeys({ campaignKeys, learnt }: AuditView, { knowledge }: Material): number {
  const corroborated = learnt
    .flatMap(({ strong, keys }) => (strong ? keys : []))
    .filter(({ key }) => knowledge.learnt.get('key', key) !== undefined);
  return new Set([...campaignKeys, ...corroborated].map(({ db, key }) => `${db} ${key}`)).size;
}

/** The server, or the files, in the names of findings: the same from run to run. */
function placeOf({ kind, text, host, port }: Subject): string {
  return kind === 'server' && host !== '' ? `${host}:${port}` : text;
}

function toFinding(
  draft: FindingDraft,
  { id: check, axis }: Check,
  { facts, time }: Material,
  place: string,
  session: string,
): Finding {
  const { rule, title, severity, stage, attack, why, advice, evidence } = draft;
  const { subject, address, engine } = facts;
  const told = advice.includes('redis-cli') ? adviceFor(subject, advice) : advice;
  return {
    id: `${rule}@${place}`,
    rule,
    check,
    title,
    axis,
    severity,
    stage,
    attack: [...attack],
    why,
    advice: engine?.comparable === 'valkey' ? valkeyWords(told) : told,
    time,
    vantage: 'audit',
    sensor: 'audit',
    session,
    peer: { address, port: subject.port },
    evidence: subject.kind === 'server' ? [...evidence] : evidence.map(ofFile),
  };
}

/** Nobody asked a server: what it would have answered stands in its files. */
function ofFile({ event, ...rest }: Evidence): Evidence {
  if (event === 'ACL LIST') return { event: 'redis.conf or the ACL file', ...rest };
  return { event: event.replace(/^CONFIG GET /, 'redis.conf '), ...rest };
}

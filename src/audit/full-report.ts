import { createHash } from 'node:crypto';
import type { AuditReport } from '../model/audit-report.ts';
import type { Finding } from '../model/finding.ts';
import { printable } from '../model/printable.ts';
import type { Axis } from '../model/severity.ts';
import { severityRank } from '../model/severity.ts';
import type { AuditKnowledge } from './audit-server.ts';
import type { AuditView, FindingDraft } from './check.ts';
import { CHECKS } from './checks.ts';
import type { ConversationEnded } from './conversation-ended.ts';
import type { Inquiry } from './inquiry.ts';
import type { AuditLimits } from './limits.ts';
import { notTested } from './not-tested.ts';
import { adviceFor } from './redis-cli.ts';
import type { ServerFacts } from './server-facts.ts';
import { verdicts } from './verdicts.ts';

interface Material {
  readonly facts: ServerFacts;
  readonly inquiry: Inquiry;
  readonly knowledge: AuditKnowledge;
  readonly limits: AuditLimits;
  readonly notes: readonly string[];
  /** What ended the conversation early. */
  readonly ended: ConversationEnded | undefined;
  readonly time: number;
  readonly ms: number;
  readonly sent: Readonly<Record<string, number>>;
}

/** Runs every check over what was gathered, and says what it comes to. */
export function fullReport(material: Material): AuditReport {
  const { facts, inquiry, limits, ended, time, ms, sent } = material;
  const view = viewOf(material);
  const judged = CHECKS.map((check) => ({ check, result: check.run(view) }));
  const findings = judged.flatMap(({ check, result }) =>
    result.findings.map((draft) => toFinding(draft, check.axis, material)),
  );
  return {
    target: facts.target.text,
    outcome: ended === undefined ? 'audited' : 'partial',
    ...(ended === undefined ? {} : { message: ended.message }),
    time,
    ms,
    ...serverOf(material),
    axes: verdicts(view, judged),
    findings: findings.toSorted(byUrgency),
    campaigns: campaignsOf(view),
    counts: {
      keysSeen: Math.max(inquiry.walk.names, inquiry.walk.named.length),
      valuesRead: inquiry.walk.read,
      maliciousKeys: maliciousKeys(view, material),
      maliciousValues: inquiry.maliciousValues.size,
    },
    notTested: [...material.notes, ...notTested(facts, inquiry.walk, judged, limits)],
    commandsSent: sent,
  };
}

/** The worst first; of equal weight what has happened before what may. */
function byUrgency(left: Finding, right: Finding): number {
  const infected = Number(right.axis === 'infected') - Number(left.axis === 'infected');
  return severityRank(right.severity) - severityRank(left.severity) || infected;
}

function viewOf({ facts, inquiry, knowledge, time }: Material): AuditView {
  const signs = inquiry.signs();
  const names = new Set(knowledge.campaigns.keyNames);
  return {
    facts,
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

function toFinding(draft: FindingDraft, axis: Axis, { facts, time }: Material): Finding {
  const { rule, title, severity, stage, attack, why, advice, evidence } = draft;
  const { target, address } = facts;
  const place = `${target.host}:${target.port}`;
  return {
    id: `${rule}@${place}`,
    rule,
    title,
    axis,
    severity,
    stage,
    attack: [...attack],
    why,
    advice: adviceFor(target, advice),
    time,
    vantage: 'audit',
    sensor: 'audit',
    session: `audit-${time.toString(36)}-${createHash('sha256').update(place).digest('hex').slice(0, 8)}`,
    peer: { address, port: target.port },
    evidence: evidence.map((one) => ({ ...one })),
  };
}

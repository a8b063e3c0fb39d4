import type { CampaignSign } from '../detect/campaigns.ts';
import type { Event } from '../model/event.ts';
import type { Finding } from '../model/finding.ts';
import type { Place } from '../model/place.ts';
import type { Session } from '../model/session.ts';
import type { Severity } from '../model/severity.ts';
import { severityRank, stageRank } from '../model/severity.ts';
import type { WebClass } from '../model/web-attack.ts';
import { webClassOf } from '../model/web-attack.ts';
import type { CommandShape } from './campaigns/command-shape.ts';
import { createCommandShape } from './campaigns/command-shape.ts';
import type { Sighting } from './indicator-store.ts';
import type { Talk } from './noise.ts';
import { countTalk } from './noise.ts';

/** What the ledger keeps of one session while it is remembered. */
export interface SessionRecord {
  readonly session: Session;
  /** What it could teach, kept back until a finding shows that it was an attack. */
  pending: Sighting[];
  teaching: boolean;
  /** Marks of known campaigns, each once. */
  readonly signs: Map<string, CampaignSign>;
  /** Keys of its strong indicators: what ties it to other sessions. */
  readonly strong: Set<string>;
  /** What its commands look like. */
  readonly shape: CommandShape;
  /** Acts on which a rule of the axis `infected` held. */
  attacks: number;
  /** Requests by the class of web attack that a rule saw in them; one request may be of several. */
  readonly web: WebCounts;
  /** Tells whether it is noise. */
  readonly talk: Talk;
}

/** What one visit asked of an HTTP door. */
export interface WebCounts {
  requests: number;
  /** Requests with at least one attack in them. */
  attacks: number;
  readonly classes: Map<WebClass, number>;
}

export const MOST_PENDING = 300;
export const MOST_STRONG = 100;

export function newRecord(event: Event, place: Place | undefined): SessionRecord {
  const opened = event.act.type === 'session.opened' ? event.act.protocol : 'redis';
  return {
    session: {
      id: event.session,
      vantage: event.vantage,
      sensor: event.sensor,
      protocol: opened,
      peer: event.peer,
      ...(place === undefined ? {} : { place }),
      opened: event.time,
      lastSeen: event.time,
      commands: 0,
      rules: [],
      techniques: [],
    },
    pending: [],
    teaching: false,
    signs: new Map(),
    strong: new Set(),
    shape: createCommandShape(),
    attacks: 0,
    web: { requests: 0, attacks: 0, classes: new Map() },
    talk: { telling: false, foreign: false },
  };
}

/** Books what an event adds to a session; returns how many commands it stood for. */
export function countEvent({ session, shape, talk }: SessionRecord, { act, time }: Event): number {
  shape.observe(act);
  countTalk(talk, act);
  session.opened = Math.min(session.opened, time);
  session.lastSeen = Math.max(session.lastSeen, time);
  if (act.type === 'session.closed') {
    session.closed = act.reason;
    return 0;
  }
  const commands =
    act.type === 'redis.command' || act.type === 'http.request' || act.type === 'smb.command'
      ? 1
      : act.type === 'session.flood'
        ? act.commands
        : act.type === 'redis.burst'
          ? Object.values(act.counts).reduce((total, count) => total + count, 0)
          : 0;
  session.commands += commands;
  return commands;
}

/** Books an HTTP request with the rules that held on it, also when they had held in the visit before. */
export function countRequest(
  { web }: SessionRecord,
  held: readonly { readonly id: string; readonly severity: Severity }[],
): void {
  web.requests++;
  const classes = new Set(
    held.flatMap(({ id, severity }) => (severity === 'info' ? [] : (webClassOf(id) ?? []))),
  );
  if (classes.size > 0) web.attacks++;
  for (const name of classes) web.classes.set(name, (web.classes.get(name) ?? 0) + 1);
}

/** Books a finding in something that adds findings up: a session or a source. */
export function countFinding(
  into: Pick<Session, 'rules' | 'techniques' | 'severity' | 'stage'>,
  finding: Finding,
): void {
  if (!into.rules.includes(finding.rule)) into.rules.push(finding.rule);
  for (const technique of finding.attack) {
    if (!into.techniques.includes(technique)) into.techniques.push(technique);
  }
  if (into.severity === undefined || severityRank(finding.severity) > severityRank(into.severity)) {
    into.severity = finding.severity;
  }
  if (into.stage === undefined || stageRank(finding.stage) > stageRank(into.stage))
    into.stage = finding.stage;
}

/** Of the log of a web server, and no visit to a sensor: counted apart, for a log shows less of each request. */
export function isFromWebLog({ vantage, protocol }: Pick<Session, 'vantage' | 'protocol'>): boolean {
  return vantage === 'import' && protocol === 'http';
}

/** An attack did more than look around. */
export function isAttack({ stage }: Pick<Session, 'stage'>): boolean {
  return stage !== undefined && stageRank(stage) >= stageRank('access');
}

/** Only attacks of some weight teach: what a stray command writes is nobody's mark. */
export function teaches(finding: Finding): boolean {
  return (
    finding.axis === 'infected' &&
    severityRank(finding.severity) >= severityRank('medium') &&
    stageRank(finding.stage) >= stageRank('access')
  );
}

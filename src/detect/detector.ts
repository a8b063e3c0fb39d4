import type { Event } from '../model/event.ts';
import type { Evidence, Finding } from '../model/finding.ts';
import { actFields } from './act-fields.ts';
import type { LoadedRule } from './loaded-rule.ts';
import type { SessionProgress } from './progress.ts';
import { evidenceOf, sessionProgress } from './progress.ts';
import type { Rule } from './rule.ts';
import { createRuleMatcher } from './rule-matcher.ts';

/** What the rules say of one event. */
export interface Detection {
  /** Every rule that held with this event, whether or not it had held in this session before. */
  readonly held: readonly Rule[];
  /** A finding for each that had not. */
  readonly findings: readonly Finding[];
}

/** The rules over a stream of events: live and replayed alike. A session yields one finding a rule. */
export interface Detector {
  observe(event: Event): Detection;
}

interface SessionState {
  readonly found: Set<string>;
  progress: SessionProgress | undefined;
}

/** Sessions, and sources, watched at a time; the one that has been silent longest is forgotten first. */
const MOST_SESSIONS = 20_000;
const NOTHING: Detection = { held: [], findings: [] };

export function createDetector(rules: readonly LoadedRule[]): Detector {
  const matcher = createRuleMatcher(rules);
  const gradual = rules.filter(({ form }) => form !== 'any');
  const ofSource = gradual.filter(({ rule }) => rule.across === 'source');
  const ofSession = gradual.filter(({ rule }) => rule.across !== 'source');
  const acts = (some: readonly LoadedRule[]): ReadonlySet<string> =>
    new Set(some.flatMap(({ clauses }) => clauses.map(({ act }) => act)));
  const sessionActs = acts(ofSession);
  const sourceActs = acts(ofSource);
  const sessions = new Map<string, SessionState>();
  const sources = new Map<string, SessionState>();

  return {
    observe: (event) => {
      if (event.act.type === 'session.closed') sessions.delete(event.session);
      const fields = actFields(event.act);
      const held: { rule: Rule; evidence: Evidence[] }[] = matcher
        .matchFields(fields)
        .map(({ rule, evidence }) => ({ rule, evidence: evidenceOf(event.id, evidence) }));
      const inSession = sessionActs.has(event.act.type);
      const inSource = sourceActs.has(event.act.type);
      if (held.length === 0 && !inSession && !inSource) return NOTHING;
      const state = stateOf(sessions, event.session);
      const advance = (progress: SessionProgress): void => {
        for (const { rule, evidence } of progress.observe(event, fields)) {
          held.push({ rule: rule.rule, evidence });
        }
      };
      if (inSession) advance((state.progress ??= sessionProgress(ofSession)));
      if (inSource) advance((stateOf(sources, event.peer.address).progress ??= sessionProgress(ofSource)));
      const findings = held
        .filter(({ rule }) => !state.found.has(rule.id))
        .map(({ rule, evidence }) => {
          state.found.add(rule.id);
          return findingOf(rule, event, evidence);
        });
      return { held: held.map(({ rule }) => rule), findings };
    },
  };
}

function stateOf(states: Map<string, SessionState>, id: string): SessionState {
  const state = states.get(id) ?? { found: new Set<string>(), progress: undefined };
  // A Map keeps the order of insertion: putting it back makes it the newest.
  states.delete(id);
  states.set(id, state);
  if (states.size > MOST_SESSIONS) {
    for (const oldest of states.keys()) {
      states.delete(oldest);
      break;
    }
  }
  return state;
}

function findingOf(rule: Rule, event: Event, evidence: readonly Evidence[]): Finding {
  const { title, axis, severity, stage, attack, why, advice } = rule;
  return {
    id: `${rule.id}@${event.session}`,
    rule: rule.id,
    title,
    axis,
    severity,
    stage,
    attack: [...attack],
    why,
    advice,
    time: event.time,
    vantage: event.vantage,
    sensor: event.sensor,
    session: event.session,
    peer: event.peer,
    evidence: [...evidence],
  };
}

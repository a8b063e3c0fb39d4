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

/** Sessions watched at a time; the one that has been silent longest is forgotten first. */
const MOST_SESSIONS = 20_000;
const NOTHING: Detection = { held: [], findings: [] };

export function createDetector(rules: readonly LoadedRule[]): Detector {
  const matcher = createRuleMatcher(rules);
  const gradual = rules.filter(({ form }) => form !== 'any');
  const gradualActs = new Set(gradual.flatMap(({ clauses }) => clauses.map(({ act }) => act)));
  const sessions = new Map<string, SessionState>();

  const stateOf = (id: string): SessionState => {
    const state = sessions.get(id) ?? { found: new Set<string>(), progress: undefined };
    // A Map keeps the order of insertion: putting it back makes it the newest.
    sessions.delete(id);
    sessions.set(id, state);
    if (sessions.size > MOST_SESSIONS) {
      for (const oldest of sessions.keys()) {
        sessions.delete(oldest);
        break;
      }
    }
    return state;
  };

  return {
    observe: (event) => {
      if (event.act.type === 'session.closed') sessions.delete(event.session);
      const fields = actFields(event.act);
      const held: { rule: Rule; evidence: Evidence[] }[] = matcher
        .matchFields(fields)
        .map(({ rule, evidence }) => ({ rule, evidence: evidenceOf(event.id, evidence) }));
      const watched = gradualActs.has(event.act.type);
      if (held.length === 0 && !watched) return NOTHING;
      const state = stateOf(event.session);
      if (watched) {
        state.progress ??= sessionProgress(gradual);
        for (const { rule, evidence } of state.progress.observe(event, fields)) {
          held.push({ rule: rule.rule, evidence });
        }
      }
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

import type { Event } from '../model/event.ts';
import type { Evidence } from '../model/finding.ts';
import type { ActFields } from './act-fields.ts';
import type { ClauseEvidence } from './compile-clause.ts';
import type { LoadedRule } from './loaded-rule.ts';

/** How far one session has come with the rules that need more than one act. */
export interface SessionProgress {
  /** The rules that this act completes, with the evidence of all their steps. */
  observe(event: Event, fields: ActFields): { rule: LoadedRule; evidence: Evidence[] }[];
}

interface Step {
  readonly time: number;
  readonly evidence: Evidence[];
}

/** Evidence that a rate keeps: the first acts tell enough. */
const MOST_EVIDENCE = 5;

export function sessionProgress(rules: readonly LoadedRule[]): SessionProgress {
  const taken = new Map<LoadedRule, Step[]>();
  return {
    observe: (event, fields) => {
      const completed: { rule: LoadedRule; evidence: Evidence[] }[] = [];
      for (const rule of rules) {
        const steps = stillValid(rule, taken.get(rule) ?? [], event.time);
        const clause = rule.form === 'steps' ? rule.clauses[steps.length] : rule.clauses[0];
        const held = clause?.act === event.act.type ? clause.test(fields) : undefined;
        if (held === undefined) {
          const again = steps.length === 1 && rule.form === 'steps' ? rule.clauses[0] : undefined;
          const restarted = again?.act === event.act.type ? again.test(fields) : undefined;
          if (restarted !== undefined)
            steps[0] = { time: event.time, evidence: evidenceOf(event.id, restarted) };
          taken.set(rule, steps);
          continue;
        }
        steps.push({ time: event.time, evidence: evidenceOf(event.id, held) });
        const needed = rule.form === 'steps' ? rule.clauses.length : rule.count;
        if (steps.length < needed) {
          taken.set(rule, steps);
          continue;
        }
        taken.delete(rule);
        completed.push({ rule, evidence: steps.flatMap(({ evidence }) => evidence).slice(0, MOST_EVIDENCE) });
      }
      return completed;
    },
  };
}

/** Steps count from the first one, which must not be too old; of a rate each act grows old by itself. */
function stillValid(rule: LoadedRule, steps: readonly Step[], now: number): Step[] {
  const fresh = ({ time }: Step): boolean => now - time <= rule.within;
  if (rule.form === 'rate') return steps.filter(fresh);
  return steps[0] !== undefined && fresh(steps[0]) ? [...steps] : [];
}

export function evidenceOf(event: string, held: readonly ClauseEvidence[]): Evidence[] {
  return held.map(({ field, excerpt }) => ({ event, field, excerpt }));
}

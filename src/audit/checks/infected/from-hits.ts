import type { FindingDraft } from '../../check.ts';
import type { JoinedGround } from '../../infection/joined-grounds.ts';
import { responseAdvice } from '../../infection/response-advice.ts';
import type { RuleHit } from '../../infection/rule-hits.ts';
import type { Rung, TraceSource } from '../../infection/trace.ts';

/** The findings of the rules of the axis `infected` that held in one source. */
export function findingsFrom(hits: readonly RuleHit[], source: TraceSource): FindingDraft[] {
  return hits
    .filter((hit) => hit.source === source && hit.rule.axis === 'infected')
    .map(({ rule, evidence, grounds, count }) => {
      const { id, title, severity, stage, attack, why, advice } = rule;
      const strong = grounds.some((ground) => ground.strong);
      const told = strong
        ? why
        : `${why} Here it was found where honest use leaves the same trace, so it is only a reason to look twice.`;
      return {
        rule: id,
        title,
        severity: strong || severity === 'info' ? severity : 'low',
        stage,
        attack,
        why: count > 1 ? `${told} Found ${count} times.` : told,
        advice,
        evidence,
        decides: strong,
      };
    });
}

const STAGES: Readonly<Record<Rung, FindingDraft['stage']>> = {
  attacked: 'access',
  tampered: 'tampering',
  executed: 'execution',
};

/** The findings of what several sources say together. */
export function findingsJoined(
  grounds: readonly JoinedGround[],
  source: TraceSource,
  ...stop: readonly string[]
): FindingDraft[] {
  return grounds
    .filter((ground) => ground.source === source)
    .map(({ name, title, strong, rung, why, attack, evidence }) => ({
      rule: `audit.infected.${name}`,
      title,
      severity: strong ? (rung === 'executed' ? 'critical' : 'high') : 'low',
      stage: STAGES[rung],
      attack,
      why,
      advice: strong
        ? responseAdvice(...stop)
        : 'Ask who did it: redis-cli SLOWLOG GET 128 ; redis-cli ACL LOG ; redis-cli CLIENT LIST\nIf nobody knows: isolate the server, keep a copy of its data, and look at its host for files like *.so and programs that redis-server started',
      evidence,
      decides: strong,
    }));
}

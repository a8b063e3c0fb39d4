import type { Rule } from '../../detect/rule.ts';
import type { RuleMatcher } from '../../detect/rule-matcher.ts';
import type { Act, ActOf } from '../../model/act.ts';
import type { Evidence } from '../../model/finding.ts';
import { severityRank, stageRank } from '../../model/severity.ts';
import { isHonestPlace } from './honest-place.ts';
import type { Ground, Trace } from './trace.ts';

/** A rule that held on what was found, with everything it held on. */
export interface RuleHit {
  readonly rule: Rule;
  readonly evidence: Evidence[];
  readonly grounds: Ground[];
  count: number;
}

export interface RuleHits {
  /** True when a rule of the axis `infected` held on strong ground. */
  observe(trace: Trace): boolean;
  readonly hits: ReadonlyMap<string, RuleHit>;
}

const MOST_EVIDENCE = 10;

export function collectRuleHits(rules: Pick<RuleMatcher, 'match'>): RuleHits {
  const hits = new Map<string, RuleHit>();
  return {
    hits,
    observe: (trace) => {
      let infected = false;
      for (const { rule, evidence } of rules.match(trace.act)) {
        const hit = hits.get(rule.id) ?? { rule, evidence: [], grounds: [], count: 0 };
        hits.set(rule.id, hit);
        hit.count += 1;
        if (hit.evidence.length < MOST_EVIDENCE) {
          hit.evidence.push(
            ...evidence.map(({ field, excerpt }) => ({ event: trace.place, field, excerpt })),
          );
        }
        if (rule.axis !== 'infected') continue;
        const ground = groundOf(rule, trace);
        infected ||= ground.strong;
        // Ten hints must not crowd out the first proof.
        if (
          hit.grounds.length < MOST_EVIDENCE ||
          (ground.strong && !hit.grounds.some(({ strong }) => strong))
        )
          hit.grounds.push(ground);
      }
      return infected;
    },
  };
}

function groundOf(rule: Rule, { act, place }: Trace): Ground {
  return { strong: isStrong(rule, act), rung: rungOf(rule, act), because: `${rule.title} (${place})` };
}

/**
 * What an attack leaves behind is judged by where it is. A value counts where no honest text stands; a setting other than the
 * dump's place is also honest tuning; a counter of a command that operators use as well proves nothing.
 */
function isStrong(rule: Rule, act: Act): boolean {
  const severe = severityRank(rule.severity);
  switch (act.type) {
    case 'redis.setting':
      return severe >= severityRank('high') && (act.name === 'dir' || act.name === 'dbfilename');
    case 'redis.statistic':
      return (
        severe >= severityRank('high') && stageRank(rule.stage) >= stageRank('execution') && act.calls > 0
      );
    case 'redis.value':
      return severe >= severityRank('medium') && (!isHonestPlace(act) || isMeantForApplication(rule, act));
    default:
      return severe >= severityRank('medium');
  }
}

/** Rules about objects that the application itself reads back: these stand where its own data stands. */
const READ_BACK = new Set(['redis.deserialisation-payload']);

function isMeantForApplication({ id }: Rule, { kind }: ActOf<'redis.value'>): boolean {
  return READ_BACK.has(id) && (kind === 'string' || kind === 'hash');
}

function rungOf(rule: Rule, act: Act): Ground['rung'] {
  switch (act.type) {
    case 'redis.setting':
    case 'redis.replica-of':
      return 'tampered';
    case 'redis.save':
    case 'redis.module':
      return 'executed';
    case 'redis.statistic':
      return stageRank(rule.stage) >= stageRank('execution') && act.calls > act.failed
        ? 'executed'
        : 'attacked';
    default:
      return 'attacked';
  }
}

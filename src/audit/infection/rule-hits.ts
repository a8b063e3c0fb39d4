import { hasNamespace } from '../../content/distinctive.ts';
import type { Rule } from '../../detect/rule.ts';
import type { RuleMatcher } from '../../detect/rule-matcher.ts';
import type { Act, ActOf } from '../../model/act.ts';
import type { Evidence } from '../../model/finding.ts';
import { severityRank, stageRank } from '../../model/severity.ts';
import { isAmongData, isHonestPlace } from './honest-place.ts';
import type { Ground, Trace, TraceSource } from './trace.ts';

/** A rule that held on what was found, with everything it held on. */
export interface RuleHit {
  readonly rule: Rule;
  /** A rule that held in two sources is here twice. */
  readonly source: TraceSource;
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
      const { source = 'values' } = trace;
      for (const { rule, evidence } of rules.match(trace.act)) {
        const name = `${source} ${rule.id}`;
        const hit = hits.get(name) ?? { rule, source, evidence: [], grounds: [], count: 0 };
        hits.set(name, hit);
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

function groundOf(rule: Rule, { act, place, source }: Trace): Ground {
  const because = `${rule.title} (${place})`;
  // What a log holds was tried; only a command that was there to be run tells that it worked.
  if (source === 'logs') {
    const rung = act.type === 'shell.command' ? 'executed' : 'attacked';
    return { strong: isStrong(rule, act), rung, because };
  }
  return { strong: isStrong(rule, act), rung: rungOf(rule, act), because };
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
    // Operators send the same commands; what they meant is an act of its own.
    case 'redis.command':
      return false;
    case 'redis.value':
      return (
        severe >= severityRank('medium') && (!standsHonestly(rule, act) || isMeantForApplication(rule, act))
      );
    default:
      return severe >= severityRank('medium');
  }
}

/** Rules about texts for people. */
const NOTES = new Set(['redis.ransom-note']);
/** Rules about files whose form is that of data: pages that a web server runs, and JSON. */
const FILES = new Set(['redis.web-shell', 'redis.miner']);
/** Rules about programs; caches of build tools keep these, some under the bare digest of what they were made from. */
const PROGRAMS = new Set(['redis.program-value']);
const DIGEST = /^(?:[0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64}|[0-9a-f]{96}|[0-9a-f]{128})$/i;

function standsHonestly({ id }: Rule, act: ActOf<'redis.value'>): boolean {
  if (PROGRAMS.has(id) && DIGEST.test(act.key.slice(0, 256))) return true;
  // A shell in the middle of a page, the file of a miner: alone under a bare name it is a file to be written.
  if (FILES.has(id) && /^\s*(?:<(?:!doctype|html|head|body)\b|\{)/i.test(act.value.slice(0, 64)))
    return act.kind !== 'string' || hasNamespace(act.key);
  return NOTES.has(id) ? isAmongData(act) : isHonestPlace(act);
}

/** Rules about objects that the application itself reads back: these stand where its own data stands. */
const READ_BACK = new Set(['redis.deserialisation-payload']);

function isMeantForApplication({ id }: Rule, { kind }: ActOf<'redis.value'>): boolean {
  return READ_BACK.has(id) && (kind === 'string' || kind === 'hash' || kind === 'list');
}

function rungOf(rule: Rule, act: Act): Ground['rung'] {
  switch (act.type) {
    case 'redis.setting':
    case 'redis.replica-of':
    case 'redis.script':
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

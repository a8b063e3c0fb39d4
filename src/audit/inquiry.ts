import type { CampaignSign } from '../detect/campaigns.ts';
import type { ByteString } from '../model/bytes.ts';
import type { AuditKnowledge } from './audit-server.ts';
import { cleanValues } from './infection/clean-values.ts';
import { isHonestPlace } from './infection/honest-place.ts';
import type { LearntGround } from './infection/learnt-ground.ts';
import type { LearntGrounds } from './infection/learnt-grounds.ts';
import { collectLearntGrounds } from './infection/learnt-grounds.ts';
import type { RuleHit } from './infection/rule-hits.ts';
import { collectRuleHits } from './infection/rule-hits.ts';
import { serverTraces } from './infection/server-traces.ts';
import type { Trace } from './infection/trace.ts';
import { placeOf } from './infection/trace.ts';
import type { LeakCollector } from './leaks/collect-leaks.ts';
import { collectLeaks } from './leaks/collect-leaks.ts';
import type { ServerFacts } from './server-facts.ts';
import type { ReadValue } from './walk/read-values.ts';
import type { KeyPlace, Walk } from './walk/walk-data.ts';
import { newWalk } from './walk/walk-data.ts';

/** Looks at everything that comes in once, and keeps only what it amounts to. */
export interface Inquiry {
  /** Key names to ask for, of campaigns and learnt. */
  readonly knownNames: readonly ByteString[];
  readonly walk: Walk;
  /** What the server says of itself; before any value. */
  readonly server: (facts: ServerFacts) => void;
  readonly value: (value: ReadValue) => void;
  /** True when a rule or a sign of a campaign holds on the name of a key alone. */
  readonly isSuspect: (place: KeyPlace) => boolean;
  readonly ruleHits: () => readonly RuleHit[];
  readonly signs: () => readonly CampaignSign[];
  readonly learnt: () => readonly LearntGround[];
  readonly leaks: LeakCollector;
  /** Keys (`db name`) with a value that a rule or a learnt indicator tells to be an attacker's. */
  readonly maliciousValues: ReadonlySet<string>;
}

/** A shorter field name is a word of the application. */
const SHORTEST_TELLING = 16;

export function createInquiry({ rules, campaigns, learnt }: AuditKnowledge): Inquiry {
  const hits = collectRuleHits(rules);
  const clean = cleanValues({ rules, campaigns });
  const leaks = collectLeaks();
  const walk = newWalk();
  const signs = new Map<string, CampaignSign>();
  const maliciousValues = new Set<string>();
  let grounds: LearntGrounds | undefined;

  const observe = (trace: Trace): boolean => {
    const byRule = hits.observe(trace);
    // One place of a sign is enough: a campaign is named by different signs, not by many of one.
    for (const sign of campaigns.signs(trace.act)) {
      const name = `${sign.campaign} ${sign.sign}`;
      const strong = sign.strong && !isHonestPlace(trace.act);
      const before = signs.get(name);
      if (before === undefined || (strong && !before.strong))
        signs.set(name, { ...sign, strong, because: `${sign.because} (${trace.place})` });
    }
    return byRule;
  };
  return {
    knownNames: [...new Set([...campaigns.keyNames, ...learnt.keyNames])],
    walk,
    server: (facts) => {
      grounds = collectLearntGrounds(learnt, facts);
      for (const trace of serverTraces(facts)) observe(trace);
    },
    value: ({ act, whole }) => {
      const key = { db: act.db, key: act.key };
      const place = placeOf(key);
      const trace: Trace = { act, place, key, whole };
      const byRule = !clean.isClean(act) && observe(trace);
      const byLearning = grounds?.observe(trace) ?? false;
      if (byRule || byLearning) maliciousValues.add(`${act.db} ${act.key}`);
      leaks.observe(act.value, place, act.field);
      // Tokens and addresses stand in the fields of a hash as often as in its values.
      if (act.field !== undefined && act.field.length >= SHORTEST_TELLING) leaks.observe(act.field, place);
    },
    isSuspect: ({ db, key }) => !clean.isClean({ type: 'redis.value', db, key, kind: 'other', value: '' }),
    ruleHits: () => [...hits.hits.values()],
    signs: () => [...signs.values()],
    learnt: () => grounds?.grounds(walk.named) ?? [],
    leaks,
    maliciousValues,
  };
}

import { hash } from 'node:crypto';
import type { ActOf } from '../../model/act.ts';
import type { AuditKnowledge } from '../audit-server.ts';

/**
 * Values that no rule and no sign of a campaign held on, remembered from server to server: those of a fleet hold much of
 * the same. What a rule says of an act depends on nothing but the act.
 */
export interface CleanValues {
  /** True when nothing holds on the act; looked up, or found out and remembered. */
  isClean(act: ActOf<'redis.value'>): boolean;
}

/** Longer ones are remembered by their hash. */
const LONGEST = 256;
const MOST = 20_000;

/** The latest only: a run has one set of rules. */
let latest: (Pick<AuditKnowledge, 'rules' | 'campaigns'> & { readonly made: CleanValues }) | undefined;

export function cleanValues({ rules, campaigns }: Pick<AuditKnowledge, 'rules' | 'campaigns'>): CleanValues {
  if (latest?.rules === rules && latest.campaigns === campaigns) return latest.made;
  // Two halves: when the young one is full, the old one is forgotten.
  let young = new Set<string>();
  let old = new Set<string>();
  const made: CleanValues = {
    isClean: (act) => {
      const { db, kind, key, field, value, command, ttl } = act;
      if (command !== undefined || ttl !== undefined) return false;
      // Lengths first: no name can be taken for a part of another.
      const whole = `${db} ${kind} ${key.length} ${field?.length ?? -1} ${key}${field ?? ''}${value}`;
      const text = whole.length > LONGEST ? hash('sha256', whole, 'base64') : whole;
      if (young.has(text) || old.has(text)) return true;
      if (rules.match(act).length > 0 || campaigns.signs(act).length > 0) return false;
      if (young.size >= MOST) [young, old] = [new Set(), young];
      young.add(text);
      return true;
    },
  };
  latest = { rules, campaigns, made };
  return made;
}

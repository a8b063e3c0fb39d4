import type { Finding } from '../model/finding.ts';
import type { Alert, Moment } from './alert.ts';
import { needsCampaign } from './alert-file.ts';
import type { AlertRule } from './alert-rule.ts';
import { createRuleState } from './rule-state.ts';
import type { CampaignTie } from './selector.ts';

/** All alert rules at work. Pure: the same findings at the same moments give the same alerts. */
export interface Alerter {
  observe(findings: readonly Finding[], at: Moment): void;
  /** What is due by now. Ask often: once a second. */
  take(at: Moment): Alert[];
  /** At the end: what waits and may be said; and how many findings quiet hours still hold back. */
  close(at: Moment): { readonly alerts: Alert[]; readonly heldBack: number };
}

export interface AlerterOptions {
  readonly rules: readonly AlertRule[];
  /** Id of the campaign that a session is tied to, as things are now. */
  readonly campaignOf: (session: string) => string | undefined;
  /** Campaigns that are not new. */
  readonly known: Iterable<string>;
}

/** A visit shows its campaign a little after its first finding; and to ask is dear, so all are asked in one go. */
const SETTLE_MS = 10_000;
const MOST_SETTLING = 10_000;
const MOST_KNOWN = 100_000;

export function createAlerter({ rules, campaignOf, known }: AlerterOptions): Alerter {
  const prompt = rules.filter((rule) => !needsCampaign(rule)).map(createRuleState);
  const patient = rules.filter((rule) => needsCampaign(rule)).map(createRuleState);
  const seen = new Set(known);
  let settling: Finding[] = [];
  let settlesAt = 0;

  const settle = (at: Moment): void => {
    const batch = settling;
    settling = [];
    const found = new Set<string>();
    for (const finding of batch) {
      const id = campaignOf(finding.session);
      if (id !== undefined) found.add(id);
      const tie: CampaignTie | undefined = id === undefined ? undefined : { id, fresh: !seen.has(id) };
      for (const rule of patient) rule.observe(finding, tie, at);
    }
    for (const id of found) if (seen.size < MOST_KNOWN) seen.add(id);
  };
  return {
    observe: (findings, at) => {
      for (const finding of findings) {
        for (const rule of prompt) rule.observe(finding, undefined, at);
        if (patient.length === 0) continue;
        if (settling.length === 0) settlesAt = at.steady + SETTLE_MS;
        if (settling.length < MOST_SETTLING) settling.push(finding);
      }
    },
    take: (at) => {
      if (settling.length > 0 && settlesAt <= at.steady) settle(at);
      return [...prompt, ...patient].flatMap((rule) => rule.take(at));
    },
    close: (at) => {
      settle(at);
      const ends = [...prompt, ...patient].map((rule) => rule.close(at));
      return {
        alerts: ends.flatMap(({ alerts }) => alerts),
        heldBack: ends.reduce((sum, { heldBack }) => sum + heldBack, 0),
      };
    },
  };
}

import type { Finding } from '../model/finding.ts';
import type { Severity } from '../model/severity.ts';
import { severityRank } from '../model/severity.ts';
import type { Alert, Moment } from './alert.ts';
import type { AlertRule } from './alert-rule.ts';
import type { Gathered } from './gathered.ts';
import { gather, merged } from './gathered.ts';
import { createQuietAt } from './quiet-hours.ts';
import type { CampaignTie } from './selector.ts';
import { createSelector, sourceGroup } from './selector.ts';

/** One alert rule at work: fed with findings, asked for the messages that are due. Pure; its memory is bounded. */
export interface RuleState {
  observe(finding: Finding, campaign: CampaignTie | undefined, at: Moment): void;
  /** What is due by now. */
  take(at: Moment): Alert[];
  /** At the end: what waits and may be said, as one message; and how many findings quiet hours still hold back. */
  close(at: Moment): { readonly alerts: Alert[]; readonly heldBack: number };
}

interface Group {
  /** Findings below the threshold, oldest first, with the time that each came. */
  counting: { readonly gathered: Gathered; readonly steady: number }[];
  /** What is to be told at `due`. */
  waiting: Gathered | undefined;
  due: number;
  /** The worst that was told, and when; absent before the first message. */
  told: { readonly severity: Severity; readonly wall: number } | undefined;
}

/** Groups at a time; what belongs to more of them is told together. */
const MOST_GROUPS = 2_000;

export function createRuleState(rule: AlertRule): RuleState {
  const wants = createSelector(rule);
  const isQuiet = createQuietAt(rule.quietHours);
  const groups = new Map<string, Group>();
  /** When messages were sent that count against the limit, oldest first. */
  const sent: number[] = [];
  let rest: Gathered | undefined;
  let restDue = 0;
  let held: Gathered | undefined;

  const groupOf = (key: string, at: Moment): Group | undefined => {
    const known = groups.get(key);
    if (known !== undefined) return known;
    if (groups.size >= MOST_GROUPS && !forgetOneThatCounts(groups)) return undefined;
    const made: Group = { counting: [], waiting: undefined, due: at.steady + rule.every, told: undefined };
    groups.set(key, made);
    return made;
  };
  const isHeld = ({ severity }: Gathered, { wall }: Moment): boolean => {
    const except = rule.quietHours?.except;
    return isQuiet(wall) && (except === undefined || severityRank(severity) < severityRank(except));
  };
  const mayStillSend = ({ steady }: Moment): boolean => {
    while (sent[0] !== undefined && sent[0] <= steady - rule.limit.within) sent.shift();
    return sent.length < rule.limit.count;
  };
  const putAside = (gathered: Gathered, { steady }: Moment): void => {
    if (rest === undefined) restDue = steady + rule.every;
    rest = merged(rest, gathered);
  };
  const alert = (kind: Alert['kind'], gathered: Gathered): Alert => ({
    rule: rule.name,
    kind,
    gathered,
    to: rule.to,
  });
  const alertOf = (key: string, group: Group, gathered: Gathered, at: Moment): Alert => {
    const { told } = group;
    group.told = { severity: gathered.severity, wall: at.wall };
    return {
      ...alert(told === undefined ? 'first' : 'more', gathered),
      group: { by: rule.groupBy, value: key },
      ...(told === undefined ? {} : { since: told.wall }),
    };
  };

  return {
    observe: (finding, campaign, at) => {
      if (!wants(finding, campaign)) return;
      const one = gather(finding, campaign?.id);
      const group = groupOf(keyOf(rule, finding, campaign), at);
      if (group === undefined) putAside(one, at);
      else join(rule, group, one, at);
    },
    take: (at) => {
      const due: Alert[] = [];
      if (held !== undefined && !isQuiet(at.wall)) {
        due.push(alert('quiet', held));
        held = undefined;
      }
      if (rest !== undefined && isHeld(rest, at)) {
        held = merged(held, rest);
        rest = undefined;
      } else if (rest !== undefined && restDue <= at.steady && mayStillSend(at)) {
        due.push(alert('rest', rest));
        sent.push(at.steady);
        rest = undefined;
      }
      for (const [key, group] of groups) {
        if (group.due > at.steady) continue;
        const { waiting } = group;
        group.waiting = undefined;
        group.due = at.steady + rule.every;
        if (waiting === undefined) {
          if (!stillCounts(rule, group, at)) groups.delete(key);
        } else if (isHeld(waiting, at)) held = merged(held, waiting);
        else if (mayStillSend(at)) {
          sent.push(at.steady);
          due.push(alertOf(key, group, waiting, at));
        } else putAside(waiting, at);
      }
      return due;
    },
    close: (at) => {
      const left = [...groups].flatMap(([key, group]) =>
        group.waiting === undefined ? [] : [{ key, group, waiting: group.waiting }],
      );
      const [only, ...others] = left;
      let heldBack = held?.count ?? 0;
      const tell = left.filter(({ waiting }) => !isHeld(waiting, at));
      for (const { waiting } of left) if (isHeld(waiting, at)) heldBack += waiting.count;
      if (only !== undefined && tell.length === 1 && others.length === 0 && rest === undefined)
        return { alerts: [alertOf(only.key, only.group, only.waiting, at)], heldBack };
      let all = rest;
      if (all !== undefined && isHeld(all, at)) {
        heldBack += all.count;
        all = undefined;
      }
      for (const { waiting } of tell) all = merged(all, waiting);
      return { alerts: all === undefined ? [] : [alert('rest', all)], heldBack };
    },
  };
}

/** A finding comes to its group: below the threshold it counts, else it waits to be told. */
function join({ threshold, wait, every }: AlertRule, group: Group, one: Gathered, at: Moment): void {
  const { severity } = one;
  let more = one;
  if (threshold !== undefined && group.told === undefined && group.waiting === undefined) {
    group.counting.push({ gathered: one, steady: at.steady });
    group.counting = group.counting.filter(({ steady }) => steady > at.steady - threshold.within);
    if (group.counting.length < threshold.count) return;
    const [first, ...others] = group.counting.map(({ gathered }) => gathered);
    more = others.reduce<Gathered>((all, next) => merged(all, next), first ?? one);
    group.counting = [];
  }
  const begins = group.waiting === undefined && group.told === undefined;
  group.waiting = merged(group.waiting, more);
  // What is worse than all that was told does not wait for its turn.
  const worse = group.told !== undefined && severityRank(severity) > severityRank(group.told.severity);
  if (begins) group.due = at.steady + wait;
  else if (worse) group.due = Math.min(group.due, at.steady + wait, at.steady + every);
}

/** A group that was told, or that counted nothing within the span of the threshold, is forgotten. */
function stillCounts({ threshold }: AlertRule, group: Group, at: Moment): boolean {
  group.told = undefined;
  if (threshold === undefined) return false;
  group.counting = group.counting.filter(({ steady }) => steady > at.steady - threshold.within);
  return group.counting.length > 0;
}

/** Makes room; false when every group has something to tell or was told. */
function forgetOneThatCounts(groups: Map<string, Group>): boolean {
  for (const [key, { waiting, told }] of groups) {
    if (waiting !== undefined || told !== undefined) continue;
    groups.delete(key);
    return true;
  }
  return false;
}

function keyOf(
  { groupBy }: AlertRule,
  { peer, rule, sensor }: Finding,
  campaign: CampaignTie | undefined,
): string {
  switch (groupBy) {
    case 'source':
      return sourceGroup(peer.address);
    case 'rule':
      return rule;
    case 'sensor':
      return sensor;
    case 'campaign':
      return campaign?.id ?? 'none';
    case 'all':
      return 'all';
  }
}

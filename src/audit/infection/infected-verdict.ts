import type { AxisVerdict } from '../../model/audit-report.ts';
import type { AuditView } from '../check.ts';
import { isStrongCampaign } from './campaign-strength.ts';
import { joinedGrounds } from './joined-grounds.ts';
import type { Ground, Rung } from './trace.ts';
import { RUNGS } from './trace.ts';

/** "Attacked" is not "owned": the sentence says how far it came, on what ground. */
export function infectedVerdict(view: AuditView): AxisVerdict {
  const grounds = allGrounds(view);
  const strong = grounds.filter((ground) => ground.strong);
  if (strong.length > 0) return { answer: 'yes', because: told(view, strong) };
  const weak = grounds.length === 0 ? '' : ` Only weak signs: ${grounds[0]?.because ?? ''}.`;
  const hidden = unseenPart(view);
  if (hidden !== undefined) return { answer: 'not-visible', because: `${hidden}${weak}` };
  const { names, read, total } = view.walk;
  const looked =
    total === 0
      ? 'No sign in its settings, master, modules and counters; it holds no keys.'
      : `No sign among ${names} names and ${read} values, nor in its settings, master, modules and counters.`;
  return { answer: 'no', because: `${looked}${weak} Some attacks remove their traces.` };
}

/** What alone is enough to say "infected". */
export function strongGrounds(view: AuditView): Ground[] {
  return allGrounds(view).filter(({ strong }) => strong);
}

function allGrounds(view: AuditView): Ground[] {
  const { ruleHits, learnt, campaigns, signs } = view;
  const bySigns = campaigns.map(({ id, title, because }): Ground => {
    const strong = isStrongCampaign(id, signs);
    return { strong, rung: 'attacked', because: `signs of the campaign ${title} (${because})` };
  });
  return [...ruleHits.flatMap(({ grounds }) => grounds), ...learnt, ...joinedGrounds(view), ...bySigns];
}

const RUNG_WORDS: Readonly<Record<Rung, string>> = {
  attacked: 'Attacked',
  tampered: 'Tampered with',
  executed: 'Code execution likely',
};

function told(view: AuditView, strong: readonly Ground[]): string {
  const reached = RUNGS.findLast((rung) => strong.some((ground) => ground.rung === rung)) ?? 'attacked';
  const [first] = strong.toSorted((left, right) => RUNGS.indexOf(right.rung) - RUNGS.indexOf(left.rung));
  const more =
    strong.length > 1 ? `, and ${strong.length - 1} more ground${strong.length === 2 ? '' : 's'}` : '';
  const untouched =
    reached === 'attacked' && view.facts.settings !== undefined
      ? '. dir, dbfilename and master show no change that would run it'
      : '';
  return `${RUNG_WORDS[reached]}: ${(first?.because ?? '').slice(0, 300)}${more}${untouched}.`;
}

function databases(count: number): string {
  return count === 1 ? '1 database is' : `${count} databases are`;
}

/** A part that was not visible keeps the answer from being "no". */
function unseenPart({ facts, walk }: AuditView): string | undefined {
  if (facts.info === undefined)
    return facts.subject.kind === 'server'
      ? 'INFO is not visible.'
      : 'No sign in what was given, but no dump was.';
  if (walk.total > 0 && walk.names === 0) return 'Its key names are not visible.';
  if (walk.total > 0 && walk.read === 0 && walk.refused > 0) return 'Its values are not visible.';
  if (!walk.finished) return 'The audit ended before all of the data was looked at, without a sign so far.';
  if (walk.closed > 0) return `No sign so far, but ${databases(walk.closed)} not visible.`;
  if (walk.left > 0) return `No sign so far, but ${databases(walk.left)} beyond what one audit looks at.`;
  if (facts.settings === undefined) return 'No sign in its data, but its settings are not visible.';
  if (walk.refused > 0) return `No sign in what was read, but ${walk.refused} values are not visible.`;
  return undefined;
}

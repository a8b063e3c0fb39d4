import type { AuditReport, Rung } from '../model/audit-report.ts';
import { Axis } from '../model/severity.ts';
import type { Style } from './style.ts';

/** The ladder in one word, and what the word means. */
export const RUNG_WORDS: Readonly<Record<Rung, { readonly word: string; readonly means: string }>> = {
  unknown: { word: 'NOT VISIBLE', means: 'what it takes to tell could not be seen' },
  closed: { word: 'CLOSED', means: 'strangers are kept out, and there is no trace of an attack' },
  exposed: { word: 'EXPOSED', means: 'open to strangers; no trace of an attack yet' },
  attacked: { word: 'ATTACKED', means: "an attacker's data is in it; nothing shows that it ran" },
  tampered: { word: 'TAMPERED', means: 'an attacker changed how it works' },
  executed: { word: 'TAKEN OVER', means: "an attacker's code has probably run on this host" },
};

/** What the word means for this report: of what nobody could see, it says nothing good. */
export function meaningOf({ rung, axes }: Pick<AuditReport, 'rung' | 'axes'>): string {
  if (axes.infected.answer !== 'not-visible') return RUNG_WORDS[rung].means;
  if (rung === 'closed') return 'strangers are kept out; whether it was attacked before could not be seen';
  if (rung === 'exposed') return 'open to strangers; whether it was attacked could not be seen';
  return RUNG_WORDS[rung].means;
}

const RUNG_LOOK = {
  unknown: 'yellow',
  closed: 'green',
  exposed: 'yellow',
  attacked: 'red',
  tampered: 'red',
  executed: 'magenta',
} as const satisfies Record<Rung, Parameters<Style>[0]>;

export function rungText(rung: Rung, style: Style, width = 0): string {
  return style(RUNG_LOOK[rung], style('bold', RUNG_WORDS[rung].word.padEnd(width)));
}

/** What somebody must act on first stands first. */
export const AXES_BY_URGENCY: readonly Axis[] = [
  'infected',
  ...Axis.options.filter((axis) => axis !== 'infected'),
];

/** Nothing was learnt of it but how the conversation ended. */
export function isSilent({ server, outcome, findings }: AuditReport): boolean {
  return server === undefined && outcome !== 'audited' && findings.length === 0;
}

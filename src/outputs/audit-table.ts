import type { JudgedReport } from '../analysis/judged-report.ts';
import type { Answer, Outcome, Rung } from '../model/audit-report.ts';
import { printableText } from '../model/printable.ts';
import { severityRank } from '../model/severity.ts';
import type { FormatContext, ReportFormat } from './report-format.ts';
import { severityText } from './style.ts';
import { AXES_BY_URGENCY, RUNG_WORDS, rungText } from './verdict-words.ts';
import { createWorstFirst, weightOf } from './worst-first.ts';

interface Row {
  readonly target: string;
  readonly version: string;
  readonly rung: Rung;
  readonly outcome: Outcome;
  readonly answers: readonly Answer[];
  /** Why nothing was found, where nothing could be asked. */
  readonly message: string;
  readonly worst:
    | { readonly severity: JudgedReport['findings'][number]['severity']; readonly title: string }
    | undefined;
}

/** On a terminal nobody reads more; a file gets every line. */
const MOST_ON_A_TERMINAL = 200;
const MOST_IN_A_FILE = 1_000_000;

/** One line a server, the worst first. */
export function auditTable({ style, width }: FormatContext): ReportFormat {
  const rows = createWorstFirst<Row>(width > 0 ? MOST_ON_A_TERMINAL : MOST_IN_A_FILE);
  return {
    begin: () => '',
    add: (report) => {
      rows.offer(weightOf(report), () => rowOf(report));
      return '';
    },
    end: () => {
      const list = rows.list();
      const left = rows.offered - list.length;
      const text = draw(list, { style, width });
      return left > 0 ? `${text}and ${left} less bad (--format csv, or --out FILE.csv, has all)\n` : text;
    },
  };
}

function rowOf({ target, server, rung, outcome, message = '', axes, findings }: JudgedReport): Row {
  const counted = findings.filter(({ accepted }) => accepted === undefined);
  const fresh = counted.filter(({ baseline }) => baseline === 'new');
  const [worst] = (fresh.length > 0 ? fresh : counted).toSorted(
    (a, b) => severityRank(b.severity) - severityRank(a.severity),
  );
  return {
    target: printableText(target, 80),
    version: server === undefined ? '-' : printableText(`${server.engine} ${server.version}`, 24),
    rung,
    outcome,
    // The target stands in the same line already.
    message: printableText(
      message.startsWith(`${target} `) ? message.slice(target.length + 1) : message,
      200,
    ),
    answers: AXES_BY_URGENCY.map((axis) => axes[axis].answer),
    worst:
      worst === undefined
        ? undefined
        : {
            severity: worst.severity,
            title: `${fresh.length > 0 ? 'new: ' : ''}${printableText(worst.title, 200)}`,
          },
  };
}

const MARK = { yes: 'YES', no: 'no', 'not-visible': '?' } as const;
const LOOK = { yes: 'red', no: 'green', 'not-visible': 'yellow' } as const;

function draw(rows: readonly Row[], { style, width }: Pick<FormatContext, 'style' | 'width'>): string {
  const longest = (texts: readonly string[]): number =>
    texts.reduce((most, text) => Math.max(most, text.length), 0);
  const first = longest(['SERVER', ...rows.map(({ target }) => target)]);
  const second = longest(['VERSION', ...rows.map(({ version }) => version)]);
  const third = longest([
    'VERDICT',
    ...Object.values(RUNG_WORDS).map(({ word }) => word),
    ...rows.map(stateOf),
  ]);
  const axes = AXES_BY_URGENCY.map((axis) => axis.slice(0, 6).toUpperCase());
  const head = `${'SERVER'.padEnd(first)}  ${'VERSION'.padEnd(second)}  ${'VERDICT'.padEnd(third)}  ${axes.map((name) => name.padEnd(7)).join('')} WORST FINDING`;
  const room = width === 0 ? Infinity : Math.max(0, width - first - second - third - 6 - axes.length * 7 - 1);
  const lines = rows.map((row) => {
    const { target, version, rung, outcome, answers, worst, message } = row;
    const state =
      outcome === 'audited' ? rungText(rung, style, third) : style('yellow', stateOf(row).padEnd(third));
    const marks = answers.map((answer) => style(LOOK[answer], MARK[answer].padEnd(7))).join('');
    return `${target.padEnd(first)}  ${version.padEnd(second)}  ${state}  ${marks} ${worst === undefined ? cut(message, room) : worstText(worst, room, style)}`.trimEnd();
  });
  return `${[style('bold', width > 0 ? head.slice(0, width) : head), ...lines].join('\n')}\n`;
}

function stateOf({ outcome, rung }: Row): string {
  return outcome === 'audited' || outcome === 'partial' ? RUNG_WORDS[rung].word : outcome;
}

function worstText(worst: NonNullable<Row['worst']>, room: number, style: FormatContext['style']): string {
  const left = room - worst.severity.length - 1;
  if (left < 8) return room >= worst.severity.length ? severityText(worst.severity, style) : '';
  return `${severityText(worst.severity, style)} ${cut(worst.title, left)}`;
}

function cut(text: string, room: number): string {
  if (text.length <= room) return text;
  return room < 8 ? '' : `${text.slice(0, room - 1)}…`;
}

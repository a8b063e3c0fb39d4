import type { JudgedReport } from '../analysis/judged-report.ts';
import type { Answer, AxisVerdict } from '../model/audit-report.ts';
import { printableText } from '../model/printable.ts';
import type { Axis } from '../model/severity.ts';
import { severityRank } from '../model/severity.ts';
import type { Step } from './audit-steps.ts';
import { stepsOf } from './audit-steps.ts';
import { findingLines } from './finding-lines.ts';
import { footprintText } from './footprint-text.ts';
import type { FormatContext } from './report-format.ts';
import { AXES_BY_URGENCY, isSilent, meaningOf, rungText } from './verdict-words.ts';
import { wrapped } from './wrapped.ts';

export type TextContext = Pick<FormatContext, 'style' | 'width' | 'verbose'>;

const MOST_STEPS = 15;
const MOST_NOT_TESTED = 3;

/** Findings that do not make the answer "yes" stand below another heading. */
const HEADINGS: Readonly<Record<Answer, (axis: string) => string>> = {
  yes: (axis) => `${axis}, BECAUSE`,
  no: (axis) => `NOT ${axis}, BUT NOTE`,
  'not-visible': (axis) => `${axis}? NOT VISIBLE, BUT NOTE`,
};

/** An audit as a person reads it: the verdict, five answers, what to do in order, then why. Ends with an empty line. */
export function auditText(report: JudgedReport, context: TextContext): string {
  if (isSilent(report)) return silentText(report, context);
  const { style, width } = context;
  const steps = stepsOf(report);
  const lines = [...headLines(report, context), ''];
  for (const axis of AXES_BY_URGENCY) lines.push(...axisLines(axis, report.axes[axis], context));
  for (const { title, because } of report.campaigns) {
    lines.push('', ...wrapped(`campaign: ${safe(title)}: ${safe(because)}`, width, '  '));
  }
  if (steps.length > 0)
    lines.push('', style('bold', '  DO THIS NOW, IN THIS ORDER'), ...stepLines(steps, context));
  for (const axis of AXES_BY_URGENCY) {
    const findings = report.findings
      .filter((finding) => finding.axis === axis)
      .toSorted((a, b) => severityRank(b.severity) - severityRank(a.severity));
    if (findings.length === 0) continue;
    lines.push('', style('bold', `  ${HEADINGS[report.axes[axis].answer](axis.toUpperCase())}`));
    for (const finding of findings) lines.push(...findingLines(finding, steps, context));
  }
  lines.push(...endLines(report, context));
  return `${lines.join('\n')}\n\n`;
}

function headLines(report: JudgedReport, { style, width }: TextContext): string[] {
  const { target, rung, server, outcome, message, depth } = report;
  const lines = [
    `${style('bold', safe(target))}  ${rungText(rung, style)}`,
    ...wrapped(meaningOf(report), width, '  '),
  ];
  // A Sentinel has no role, a proxy may have no system.
  const parts =
    server === undefined
      ? []
      : [`${server.engine} ${server.version}`, server.role, `${server.keys} keys`, server.os];
  const known = [...parts.filter((part) => part !== '').map(safe), `looked to depth ${depth}`].join(', ');
  lines.push(...wrapped(known, width, '  ').map((line) => style('dim', line)));
  if (outcome !== 'audited')
    lines.push(
      ...wrapped(`${outcome}: ${safe(message ?? '')}`, width, '  ').map((line) => style('yellow', line)),
    );
  return lines;
}

/** One line, so that a list of servers of which most are closed can be read. */
function silentText({ target, outcome, message = '' }: JudgedReport, { style }: TextContext): string {
  const named = message.includes(target) ? message : `${target}: ${message}`;
  return `${style('yellow', outcome.padEnd(15))}${safe(named)}\n`;
}

const ANSWER_LOOK = { yes: 'red', no: 'green', 'not-visible': 'yellow' } as const;
const ANSWER_WORD = { yes: 'YES', no: 'no', 'not-visible': 'not visible' } as const;

function axisLines(axis: Axis, { answer, because }: AxisVerdict, { style, width }: TextContext): string[] {
  const indent = ' '.repeat(29);
  const [first = '', ...rest] = wrapped(safe(because), width, indent);
  const word = style(ANSWER_LOOK[answer], ANSWER_WORD[answer].padEnd(13));
  return [`  ${axis.padEnd(14)}${word}${first.trimStart()}`, ...rest];
}

function stepLines(steps: readonly Step[], { style, width, verbose }: TextContext): string[] {
  const shown = verbose ? steps : steps.slice(0, MOST_STEPS);
  const lines = shown.flatMap(({ text, lines: typed }, at) => {
    const [first = '', ...rest] = wrapped(safe(text), width, '      ');
    const number = `${String(at + 1).padStart(4)}. `;
    // Commands are never broken: they are there to be copied.
    return [
      number + first.trimStart(),
      ...rest,
      ...typed.map((line) => `        ${style('cyan', safe(line))}`),
    ];
  });
  const left = steps.length - shown.length;
  return left > 0 ? [...lines, `      and ${left} more (--verbose has all)`] : lines;
}

function endLines(report: JudgedReport, { style, width, verbose }: TextContext): string[] {
  const lines: string[] = [];
  const { gone = [], notTested, findings } = report;
  if (gone.length > 0)
    lines.push('', ...wrapped(`gone since the baseline: ${gone.map(safe).join(', ')}`, width, '  '));
  const dim: string[] = [];
  const shown = verbose ? notTested : notTested.slice(0, MOST_NOT_TESTED);
  const more = notTested.length - shown.length;
  if (shown.length > 0) {
    dim.push('', `  not tested${more > 0 ? ` (${more} more with --verbose)` : ''}:`);
    dim.push(...shown.flatMap((text) => wrapped(safe(text), width, '    ')));
  }
  dim.push('', ...wrapped(footprintText(report), width, '  '));
  if (findings.length > 0 && !verbose) dim.push('  (in short: --verbose has all evidence and advice)');
  return [...lines, ...dim.map((line) => style('dim', line))];
}

const safe = (text: string): string => printableText(text);

import type { JudgedFinding, JudgedReport } from '../analysis/judged-report.ts';
import type { AxisVerdict } from '../model/audit-report.ts';
import { printableText } from '../model/printable.ts';
import type { Axis } from '../model/severity.ts';
import { severityRank } from '../model/severity.ts';
import type { Step } from './audit-steps.ts';
import { stepsOf } from './audit-steps.ts';
import { oneLine } from './event-text.ts';
import { footprintText } from './footprint-text.ts';
import type { FormatContext } from './report-format.ts';
import { severityText } from './style.ts';
import { AXES_BY_URGENCY, isSilent, RUNG_WORDS, rungText } from './verdict-words.ts';
import { wrapped } from './wrapped.ts';

export type TextContext = Pick<FormatContext, 'style' | 'width' | 'verbose'>;

const MOST_STEPS = 15;
const MOST_EVIDENCE = 5;
const MOST_NOT_TESTED = 3;

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
    lines.push('', style('bold', `  ${axis.toUpperCase()}, BECAUSE`));
    for (const finding of findings) lines.push(...findingLines(finding, steps, context));
  }
  lines.push(...endLines(report, context));
  return `${lines.join('\n')}\n\n`;
}

function headLines(report: JudgedReport, { style, width }: TextContext): string[] {
  const { target, rung, server, outcome, message, depth } = report;
  const { means } = RUNG_WORDS[rung];
  const lines = [`${style('bold', safe(target))}  ${rungText(rung, style)}`, ...wrapped(means, width, '  ')];
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

function findingLines(finding: JudgedFinding, steps: readonly Step[], context: TextContext): string[] {
  const { style, width, verbose } = context;
  const { severity, title, rule, attack, why, advice, evidence, accepted, baseline } = finding;
  const age = baseline === undefined ? '' : ` ${style(baseline === 'new' ? 'magenta' : 'dim', baseline)}`;
  const ids = style('dim', `[${safe(rule)}] ${attack.map(safe).join(' ')}`.trimEnd());
  const lines = [
    `  ${severityText(severity, style)}${' '.repeat(10 - severity.length)}${style('bold', safe(title))}${age}  ${ids}`,
  ];
  const indent = ' '.repeat(12);
  if (accepted !== undefined) {
    const text = `accepted until ${accepted.expires} by ${accepted.by}: ${accepted.reason}`;
    lines.push(...wrapped(safe(text), width, indent).map((line) => style('yellow', line)));
  }
  const shown = verbose ? evidence : evidence.slice(0, MOST_EVIDENCE);
  for (const { event, field, excerpt } of shown)
    lines.push(...wrapped(`${safe(event)} ${safe(field)}: ${safe(excerpt)}`, width, indent));
  if (evidence.length > shown.length)
    lines.push(`${indent}and ${evidence.length - shown.length} more (--verbose)`);
  lines.push(...wrapped(safe(oneLine(why)), width, indent).map((line) => style('dim', line)));
  return [...lines, ...adviceLines(finding.fingerprint, advice, steps, context, indent)];
}

/** What stands in the list of steps already is named by its number there. */
function adviceLines(
  fingerprint: string,
  advice: string,
  steps: readonly Step[],
  { style, verbose }: TextContext,
  indent: string,
): string[] {
  const numbers = steps.flatMap(({ findings }, at) => (findings.includes(fingerprint) ? [at + 1] : []));
  if (numbers.length > 0 && !verbose) {
    return [
      `${indent}${style('cyan', `do: ${numbers.length === 1 ? 'step' : 'steps'} ${numbers.join(', ')}`)}`,
    ];
  }
  return advice
    .trim()
    .split('\n')
    .map((line, at) => `${indent}${at === 0 ? 'do: ' : '    '}${safe(line.trim())}`);
}

function endLines(report: JudgedReport, { style, width, verbose }: TextContext): string[] {
  const lines: string[] = [];
  const { gone = [], notTested } = report;
  if (gone.length > 0)
    lines.push('', ...wrapped(`gone since the baseline: ${gone.map(safe).join(', ')}`, width, '  '));
  const shown = verbose ? notTested : notTested.slice(0, MOST_NOT_TESTED);
  const more = notTested.length - shown.length;
  if (shown.length > 0) {
    lines.push('', style('dim', `  not tested${more > 0 ? ` (${more} more with --verbose)` : ''}:`));
    lines.push(
      ...shown.flatMap((text) => wrapped(safe(text), width, '    ').map((line) => style('dim', line))),
    );
  }
  return [...lines, ...wrapped(footprintText(report), width, '  ').map((line) => style('dim', line))];
}

const safe = (text: string): string => printableText(text);

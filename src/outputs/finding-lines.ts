import type { JudgedFinding } from '../analysis/judged-report.ts';
import { printableText } from '../model/printable.ts';
import type { Step } from './audit-steps.ts';
import { isUrgent } from './audit-steps.ts';
import { oneLine } from './event-text.ts';
import type { FormatContext } from './report-format.ts';
import { splitAdvice } from './split-advice.ts';
import { severityText } from './style.ts';
import { wrapped } from './wrapped.ts';

type Context = Pick<FormatContext, 'style' | 'width' | 'verbose'>;

const MOST_EVIDENCE = 5;
const INDENT = ' '.repeat(12);

/**
 * One finding as a person reads it. What is urgent is told whole; what is not in one place and its first step; what is
 * only to be known in one line. With `verbose` all is told whole.
 */
export function findingLines(finding: JudgedFinding, steps: readonly Step[], context: Context): string[] {
  const { style, width, verbose } = context;
  const { severity, title, rule, attack, why, evidence, accepted, baseline } = finding;
  const age = baseline === undefined ? '' : ` ${style(baseline === 'new' ? 'magenta' : 'dim', baseline)}`;
  const ids = style('dim', `[${safe(rule)}] ${attack.map(safe).join(' ')}`.trimEnd());
  const lines = [
    `  ${severityText(severity, style)}${' '.repeat(10 - severity.length)}${style('bold', safe(title))}${age}  ${ids}`,
  ];
  if (accepted !== undefined) {
    const text = `accepted until ${accepted.expires} by ${accepted.by}: ${accepted.reason}`;
    lines.push(...wrapped(safe(text), width, INDENT).map((line) => style('yellow', line)));
  }
  if (severity === 'info' && !verbose) return lines;
  const urgent = isUrgent(finding);
  const shown = evidence.slice(0, verbose ? Infinity : urgent ? MOST_EVIDENCE : 1);
  for (const { event, field, excerpt } of shown)
    lines.push(...wrapped(`${safe(event)} ${safe(field)}: ${safe(excerpt)}`, width, INDENT));
  if (evidence.length > shown.length) lines.push(`${INDENT}and ${evidence.length - shown.length} more`);
  if (verbose || urgent)
    lines.push(...wrapped(safe(oneLine(why)), width, INDENT).map((line) => style('dim', line)));
  return [...lines, ...adviceLines(finding, steps, context)];
}

/** What stands in the list of steps already is named by its number there. */
function adviceLines(
  { fingerprint, advice }: JudgedFinding,
  steps: readonly Step[],
  { style, width, verbose }: Context,
): string[] {
  const numbers = steps.flatMap(({ findings }, at) => (findings.includes(fingerprint) ? [at + 1] : []));
  if (numbers.length > 0 && !verbose) {
    const text = `do: ${numbers.length === 1 ? 'step' : 'steps'} ${numbers.join(', ')}`;
    return [`${INDENT}${style('cyan', text)}`];
  }
  const all = splitAdvice(advice);
  return all.slice(0, verbose ? Infinity : 1).flatMap(({ text, lines }, at) => {
    const [first = '', ...rest] = wrapped(safe(text), width, `${INDENT}    `);
    return [
      `${INDENT}${at === 0 ? 'do: ' : '    '}${first.trimStart()}`,
      ...rest,
      ...lines.map((line) => `${INDENT}      ${style('cyan', safe(line))}`),
    ];
  });
}

const safe = (text: string): string => printableText(text);

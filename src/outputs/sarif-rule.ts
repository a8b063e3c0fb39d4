import type { ReportingDescriptor } from 'sarif';
import type { JudgedFinding } from '../analysis/judged-report.ts';
import { printableText } from '../model/printable.ts';
import type { Severity } from '../model/severity.ts';
import type { CheckInfo } from './report-format.ts';
import { SARIF_LEVEL } from './sarif-result.ts';

/** GitHub's bands: above 9.0 critical, 7.0 high, 4.0 medium, 0.1 low. */
const SECURITY_SEVERITY: Readonly<Record<Severity, string>> = {
  critical: '9.5',
  high: '8.0',
  medium: '5.5',
  low: '3.0',
  info: '0.0',
};

type Example = Pick<JudgedFinding, 'rule' | 'title' | 'axis' | 'severity' | 'why' | 'advice' | 'attack'>;

/** A rule as the first finding of it tells it. */
export function sarifRule({
  rule,
  title,
  axis,
  severity,
  why,
  advice,
  attack,
}: Example): ReportingDescriptor {
  const steps = advice.split('\n').map((line) => line.trim());
  const markdown = `${code(why.trim())}\n\n**Do this, in this order**\n\n${steps.map((line, at) => `${at + 1}. ${code(line)}`).join('\n')}\n`;
  return {
    id: rule,
    name: nameOf(rule),
    shortDescription: { text: printableText(title, 1_000) },
    fullDescription: { text: printableText(why.trim(), 1_000) },
    help: { text: printableText(steps.join(' '), 4_000), markdown },
    defaultConfiguration: { level: SARIF_LEVEL[severity] },
    properties: {
      'security-severity': SECURITY_SEVERITY[severity],
      precision: 'high',
      tags: ['security', 'redis', axis, ...attack.slice(0, 15)],
    },
  };
}

/** A check that found nothing is a rule as well: its absence of results then means something. */
export function sarifRuleOfCheck({ id, axis, title, reads }: CheckInfo): ReportingDescriptor {
  const text = `${title}. Judged by: ${reads.join(', ')}.`;
  return {
    id,
    name: nameOf(id),
    shortDescription: { text: title },
    fullDescription: { text },
    help: { text, markdown: `${text}\n` },
    defaultConfiguration: { level: 'warning' },
    properties: { 'security-severity': '5.5', precision: 'high', tags: ['security', 'redis', axis] },
  };
}

function nameOf(id: string): string {
  return id
    .split(/[^A-Za-z0-9]+/)
    .map((word) => word.slice(0, 1).toUpperCase() + word.slice(1))
    .join('');
}

/** As code, so that nothing in it acts as Markdown or as markup. */
function code(line: string): string {
  const text = printableText(line, 1_000).replaceAll('`', "'");
  return /[<>[\]*_|\\]/.test(text) || text.includes('://') ? `\`${text}\`` : text;
}

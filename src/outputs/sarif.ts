import { gzipSync } from 'node:zlib';
import type { Log, Notification, ReportingDescriptor } from 'sarif';
import type { JudgedFinding } from '../analysis/judged-report.ts';
import { severityRank } from '../model/severity.ts';
import type { FormatContext, ReportFormat } from './report-format.ts';
import { safeJson } from './safe-json.ts';
import { sarifResult } from './sarif-result.ts';
import { sarifRule, sarifRuleOfCheck } from './sarif-rule.ts';
import { createWorstFirst, weightOf } from './worst-first.ts';

/** What GitHub takes of one upload (docs.github.com, "SARIF support for code scanning"). */
export const GITHUB = { results: 25_000, rules: 25_000, gzipBytes: 10 * 1024 * 1024 } as const;

/** A result as it will be written: a quarter of the memory that it takes as an object. */
interface KeptResult {
  readonly rule: string;
  readonly text: string;
}

/** What stands behind the results, which are the last of the one run. */
const CLOSING = ']}]}';

/** SARIF 2.1.0, one run, never more than GitHub takes: the worst stay, and a notification says what was left out. */
export function sarif(
  context: FormatContext,
  limits: { results: number; rules: number; gzipBytes: number } = GITHUB,
): ReportFormat {
  const results = createWorstFirst<KeptResult>(limits.results);
  const rules = new Map<string, { readonly rank: number; readonly rule: ReportingDescriptor }>();
  let partial = 0;
  const learn = (finding: JudgedFinding): void => {
    const rank = severityRank(finding.severity);
    const before = rules.get(finding.rule);
    if (before === undefined ? rules.size >= limits.rules : before.rank >= rank) return;
    rules.set(finding.rule, { rank, rule: sarifRule(finding) });
  };
  return {
    begin: () => '',
    add: (report) => {
      if (report.outcome !== 'audited') partial++;
      const ladder = weightOf(report);
      for (const finding of report.findings) {
        learn(finding);
        const counted = finding.accepted === undefined && finding.baseline !== 'known' ? 10_000 : 0;
        results.offer(counted + severityRank(finding.severity) * 1_000 + ladder, () => ({
          rule: finding.rule,
          text: safeJson(sarifResult(finding, report)),
        }));
      }
      return '';
    },
    end: () => {
      for (const check of context.checks) {
        if (!rules.has(check.id) && rules.size < limits.rules)
          rules.set(check.id, { rank: -1, rule: sarifRuleOfCheck(check) });
      }
      const list = [...rules.values()].map(({ rule }) => rule);
      const told = partial === 0 ? [] : [note(`${partial} servers could not be audited, or only in part.`)];
      let kept = results.list();
      for (;;) {
        const left = results.offered - kept.length;
        const notes =
          left === 0
            ? told
            : [
                ...told,
                note(
                  `${left} of ${results.offered} results were left out, the least bad: GitHub takes ${limits.results} and ${limits.gzipBytes} bytes (gzip). CSV and NDJSON have all.`,
                ),
              ];
        const text = `${safeJson(log(context, list, notes)).slice(0, -CLOSING.length)}${joined(kept, list)}${CLOSING}\n`;
        if (kept.length === 0 || fits(text, limits.gzipBytes)) return text;
        kept = kept.slice(0, Math.floor(kept.length / 2));
      }
    },
  };
}

function joined(results: readonly KeptResult[], rules: readonly ReportingDescriptor[]): string {
  const indexes = new Map(rules.map(({ id }, at) => [id, at]));
  return results
    .map(({ rule, text }) => {
      const ruleIndex = indexes.get(rule);
      return ruleIndex === undefined ? text : `${text.slice(0, -1)},"ruleIndex":${ruleIndex}}`;
    })
    .join(',');
}

function fits(text: string, most: number): boolean {
  return Buffer.byteLength(text) <= most || gzipSync(text).length <= most;
}

function log(
  { version, started }: FormatContext,
  rules: readonly ReportingDescriptor[],
  notes: readonly Notification[],
): Log {
  return {
    $schema: 'https://json.schemastore.org/sarif-2.1.0.json',
    version: '2.1.0',
    runs: [
      {
        tool: { driver: { name: 'Sundew', semanticVersion: version, version, rules: [...rules] } },
        automationDetails: { id: 'sundew-audit/' },
        columnKind: 'utf16CodeUnits',
        invocations: [
          {
            executionSuccessful: true,
            startTimeUtc: new Date(started).toISOString(),
            ...(notes.length === 0 ? {} : { toolExecutionNotifications: [...notes] }),
          },
        ],
        results: [],
      },
    ],
  };
}

function note(text: string): Notification {
  return { level: 'warning', message: { text } };
}

import type { JudgedReport } from '../analysis/judged-report.ts';
import { Rung } from '../model/audit-report.ts';
import { printableText } from '../model/printable.ts';
import { Axis, Severity } from '../model/severity.ts';
import type { FormatContext, ReportFormat } from './report-format.ts';
import { createWorstFirst, weightOf } from './worst-first.ts';

/** Each is 16 lines; node_exporter reads them all every few seconds. */
const MOST_TARGETS = 1_000;

interface Metric {
  readonly name: string;
  readonly help: string;
  readonly samples: (report: JudgedReport) => readonly (readonly [labels: string, value: number])[];
}

const ANSWER = { no: 0, yes: 1, 'not-visible': -1 } as const;

const METRICS: readonly Metric[] = [
  {
    name: 'sundew_audit_answer',
    help: 'Answer of an axis: 1 yes, 0 no, -1 not visible.',
    samples: ({ axes }) => Axis.options.map((axis) => [`,axis="${axis}"`, ANSWER[axes[axis].answer]]),
  },
  {
    name: 'sundew_audit_rung',
    help: `How far an attack came: ${Rung.options.map((rung, at) => `${at} ${rung}`).join(', ')}.`,
    samples: ({ rung }) => [['', Rung.options.indexOf(rung)]],
  },
  {
    name: 'sundew_audit_findings',
    help: 'Findings by severity, without those that are accepted.',
    samples: ({ findings }) =>
      Severity.options.map((severity) => [
        `,severity="${severity}"`,
        findings.filter((one) => one.severity === severity && one.accepted === undefined).length,
      ]),
  },
  {
    name: 'sundew_audit_findings_accepted',
    help: 'Findings that a suppression accepts.',
    samples: ({ findings }) => [['', findings.filter(({ accepted }) => accepted !== undefined).length]],
  },
  {
    name: 'sundew_audit_outcome',
    help: 'Always 1; the label says how the audit ended.',
    samples: ({ outcome }) => [[`,outcome="${outcome}"`, 1]],
  },
  {
    name: 'sundew_audit_keys',
    help: 'Keys in all databases.',
    samples: ({ server }) => (server === undefined ? [] : [['', server.keys]]),
  },
  {
    name: 'sundew_audit_timestamp_seconds',
    help: 'When it was audited, seconds since 1970 UTC.',
    samples: ({ time }) => [['', time / 1_000]],
  },
  {
    name: 'sundew_audit_duration_seconds',
    help: 'How long the audit took.',
    samples: ({ ms }) => [['', ms / 1_000]],
  },
];

/** For the textfile collector of node_exporter. Labels are the target and closed lists: nothing a server says. */
export function prometheus({ started }: Pick<FormatContext, 'started'>): ReportFormat {
  const kept = createWorstFirst<{ readonly target: string; readonly lines: readonly (readonly string[])[] }>(
    MOST_TARGETS,
  );
  const totals = new Map<string, number>();
  return {
    begin: () => '',
    add: (report) => {
      totals.set(report.outcome, (totals.get(report.outcome) ?? 0) + 1);
      kept.offer(weightOf(report), () => {
        const target = labelValue(report.target);
        const lines = METRICS.map(({ name, samples }) =>
          samples(report).map(([labels, value]) => `${name}{target="${target}"${labels}} ${value}`),
        );
        return { target, lines };
      });
      return '';
    },
    end: () => {
      // The same series twice would make the collector refuse the whole file.
      const list = [...new Map(kept.list().map((one) => [one.target, one])).values()];
      const blocks = METRICS.map(({ name, help }, at) =>
        [...head(name, help), ...list.flatMap(({ lines }) => lines[at] ?? [])].join('\n'),
      );
      const servers = [...totals].map(
        ([outcome, count]) => `sundew_audit_servers{outcome="${outcome}"} ${count}`,
      );
      return `${[
        ...head(
          'sundew_audit_servers',
          'Servers of the last run by outcome; at most 1000 have series of their own.',
        ),
        ...servers,
        ...head('sundew_audit_run_timestamp_seconds', 'When the last run began.'),
        `sundew_audit_run_timestamp_seconds ${started / 1_000}`,
        ...blocks,
      ].join('\n')}\n`;
    },
  };
}

function head(name: string, help: string): string[] {
  return [`# HELP ${name} ${help}`, `# TYPE ${name} gauge`];
}

/** Backslash, quote and line feed are the three that a label value escapes. */
function labelValue(text: string): string {
  return printableText(text, 200).replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');
}

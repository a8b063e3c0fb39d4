import type { Baseline } from '../../analysis/baseline.ts';
import { baselineLine } from '../../analysis/baseline.ts';
import { judgeReport } from '../../analysis/judge-report.ts';
import type { JudgedFinding, JudgedReport } from '../../analysis/judged-report.ts';
import type { Suppressions } from '../../analysis/suppressions.ts';
import type { AuditReport } from '../../model/audit-report.ts';
import { printableText } from '../../model/printable.ts';
import type { FormatName } from '../../outputs/audit-formats.ts';
import { createFormat } from '../../outputs/audit-formats.ts';
import type { AuditResult } from '../../outputs/audit-summary-text.ts';
import { auditSummaryText } from '../../outputs/audit-summary-text.ts';
import type { CheckInfo, FormatContext, ReportFormat } from '../../outputs/report-format.ts';
import { safeJson } from '../../outputs/safe-json.ts';
import { plain } from '../../outputs/style.ts';
import type { Context } from '../context.ts';
import type { Exit } from '../exit.ts';
import type { Terminal } from '../terminal.ts';
import { styleFor } from '../terminal.ts';
import { readBaseline } from './baseline-file.ts';
import { createAuditExit } from './exit.ts';
import type { OutputFile } from './output-file.ts';
import { createOutputFile } from './output-file.ts';
import type { OutputOptions } from './output-options.ts';
import { outputPlan } from './output-options.ts';
import { resumeFrom } from './resume.ts';
import { readSuppressions } from './suppression-file.ts';
import type { ToldReport } from './told-report.ts';
import { answersOnly, wholeReport } from './told-report.ts';

/** Where reports go: printed, into files, into the summary and the exit status. Keeps what its formats need, no report. */
export interface ReportSink {
  /** The target, as its report will name it, is in the resumed file already. */
  readonly skip: (target: string) => boolean;
  /** How many of these there were. */
  readonly resumed: number;
  add(report: AuditReport): Promise<void>;
  /** The same of a report that another thread made: where a line is all that is wanted, it is never read. */
  addTold(told: ToldReport): Promise<void>;
  /** Writes what waits for the end; `stopped`: not all were asked. */
  end(stopped?: boolean): Promise<Exit>;
  /** When the run failed: what was there before stays. */
  discard(): Promise<void>;
}

export interface SinkSettings {
  /** Targets of the run, with those that are resumed. */
  readonly servers: number;
  readonly checks: readonly CheckInfo[];
}

interface Output {
  readonly format: ReportFormat;
  readonly write: (text: string) => Promise<void>;
  readonly file?: OutputFile;
}

/** Opens all files first: whatever cannot be read or written is told before a server is asked. */
export async function createReportSink(
  options: OutputOptions,
  context: Context,
  { servers, checks }: SinkSettings,
): Promise<ReportSink> {
  const { terminal, clock, version, signal } = context;
  const plan = outputPlan(options, servers);
  const baseline = options.baseline === undefined ? undefined : await readBaseline(options.baseline);
  const suppressions =
    options.suppressions === undefined ? undefined : readSuppressions(options.suppressions, clock);
  warnOfExpired(suppressions, terminal);
  const about: FormatContext = {
    version,
    checks,
    started: clock.now(),
    style: plain,
    width: 0,
    verbose: options.verbose === true,
  };
  const style = styleFor(terminal, 'out');
  const outputs: Output[] = [
    {
      format: createFormat(plan.stdout, { ...about, style, width: terminal.width }),
      write: (text) => terminal.out(text),
    },
  ];
  for (const { path, format } of plan.files) {
    outputs.push(await fileOutput(path, format, about));
  }
  const kept =
    options.writeBaseline === undefined
      ? undefined
      : await createOutputFile(options.writeBaseline, 'replace');
  const exit = createAuditExit(options.failOn);
  const tally = createTally(plan.forPeople && servers > 1);
  const lineIsAll =
    baseline === undefined &&
    suppressions === undefined &&
    kept === undefined &&
    plan.stdout === 'ndjson' &&
    plan.files.every(({ format }) => format === 'ndjson');
  const deliver = async (report: AuditReport): Promise<void> => {
    const judged = judgeReport(report, baseline, suppressions);
    exit.add(judged);
    tally.add(judged);
    for (const { format, write } of outputs) await put(write, format.add(judged));
    await kept?.write(`${safeJson(baselineLine(judged))}\n`);
  };
  for (const { format, write } of outputs) await put(write, format.begin());
  const resumed = options.resume === undefined ? undefined : await resumeFrom(options.resume, deliver);
  if (resumed?.cut === true)
    terminal.err('sundew: the last report was cut off: that server is asked again.\n');
  const journal = options.resume === undefined ? undefined : await createOutputFile(options.resume, 'append');
  return {
    skip: (target) => resumed?.done.has(target) ?? false,
    resumed: resumed?.done.size ?? 0,
    add: async (report) => {
      // One that the operator cut short is asked again by the next run.
      if (!signal.aborted || report.outcome === 'audited') await journal?.write(`${safeJson(report)}\n`);
      await deliver(report);
    },
    addTold: async (told) => {
      const { target, outcome, axes, severities, line } = told;
      if (!signal.aborted || outcome === 'audited') await journal?.write(line);
      if (!lineIsAll) {
        await deliver(wholeReport(told));
        return;
      }
      const findings = severities.map((severity) => ({ severity }));
      exit.add({ outcome, findings });
      tally.add({ target, outcome, axes, findings });
      for (const { write } of outputs) await write(line);
    },
    end: async (stopped = false) => {
      for (const { format, write } of outputs) await put(write, format.end());
      for (const { file } of outputs) await file?.end();
      await kept?.end();
      await journal?.end();
      if (plan.forPeople && servers > 1) await terminal.out(auditSummaryText(tally.results, style));
      tell(tally, baseline, suppressions, resumed?.done.size ?? 0, terminal);
      return exit.status(stopped);
    },
    discard: async () => {
      for (const { file } of outputs) await file?.discard();
      await kept?.discard();
      await journal?.discard();
    },
  };
}

async function fileOutput(path: string, name: FormatName, about: FormatContext): Promise<Output> {
  // node_exporter runs as somebody else, and reads targets and numbers only.
  const file = await createOutputFile(path, 'replace', name === 'prometheus' ? 0o644 : 0o600);
  return { format: createFormat(name, about), file, write: (text) => file.write(text) };
}

async function put(write: Output['write'], text: string): Promise<void> {
  if (text !== '') await write(text);
}

interface Tally {
  readonly results: readonly AuditResult[];
  readonly counts: { fresh: number; known: number; gone: number; accepted: number };
  add(report: Tallied): void;
}

type Tallied = Pick<JudgedReport, 'target' | 'outcome' | 'axes' | 'gone'> & {
  readonly findings: readonly Pick<JudgedFinding, 'severity' | 'accepted' | 'baseline'>[];
};

function createTally(wanted: boolean): Tally {
  const results: AuditResult[] = [];
  const counts = { fresh: 0, known: 0, gone: 0, accepted: 0 };
  return {
    results,
    counts,
    add: ({ target, outcome, axes, findings, gone = [] }) => {
      if (wanted) results.push({ target, outcome, axes: answersOnly(axes) });
      for (const { accepted, baseline } of findings) {
        if (accepted !== undefined) counts.accepted++;
        else if (baseline === 'new') counts.fresh++;
        else if (baseline === 'known') counts.known++;
      }
      counts.gone += gone.length;
    },
  };
}

function warnOfExpired(suppressions: Suppressions | undefined, terminal: Terminal): void {
  for (const { rule, target, expires, by } of suppressions?.expired ?? []) {
    terminal.err(
      `sundew: accepted until ${expires} only, it counts again: ${printableText(`${rule} on ${target} (${by})`, 300)}\n`,
    );
  }
}

/** What did not count is said, every time. */
function tell(
  { counts }: Tally,
  baseline: Baseline | undefined,
  suppressions: Suppressions | undefined,
  resumed: number,
  terminal: Terminal,
): void {
  if (resumed > 0) terminal.err(`sundew: ${resumed} servers were in the resumed file already.\n`);
  if (baseline !== undefined)
    terminal.err(
      `sundew: against the baseline of ${baseline.size} servers: ${counts.fresh} new, ${counts.known} known, ${counts.gone} gone.\n`,
    );
  if (counts.accepted > 0)
    terminal.err(`sundew: ${counts.accepted} findings are accepted and did not count.\n`);
  for (const { rule, target } of suppressions?.unused() ?? [])
    terminal.err(
      `sundew: nothing matches the accepted risk ${printableText(`${rule} on ${target}`, 300)}: take it out.\n`,
    );
}

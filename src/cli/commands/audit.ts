import type { AuditReport } from '../../model/audit-report.ts';
import type { Severity } from '../../model/severity.ts';
import type { AuditResult } from '../../outputs/audit-summary-text.ts';
import { auditSummaryText } from '../../outputs/audit-summary-text.ts';
import { auditText } from '../../outputs/audit-text.ts';
import { safeJson } from '../../outputs/safe-json.ts';
import { createAuditExit } from '../audit/exit.ts';
import { auditKnowledge } from '../audit/knowledge.ts';
import type { AuditOptions } from '../audit/options.ts';
import { addAuditOptions, runSettings } from '../audit/options.ts';
import { auditAll } from '../audit/run.ts';
import { wantedTargets } from '../audit/targets.ts';
import type { AddCommand, Context } from '../context.ts';
import { dataFolder } from '../data-folder.ts';
import type { Exit } from '../exit.ts';
import { Complaint } from '../exit.ts';
import { addFormatOptions } from '../list.ts';
import { severityOption } from '../options.ts';
import { createProgress } from '../progress.ts';
import { styleFor } from '../terminal.ts';

interface Options extends AuditOptions {
  readonly failOn: Severity;
}

export const auditCommand: AddCommand = (program, context, end) => {
  addFormatOptions(addAuditOptions(program.command('audit [target...]')))
    .description('ask Redis servers, read-only: exposed? infected? leaking? vulnerable? misconfigured?')
    .addOption(
      severityOption('--fail-on', 'exit with 1 when there is a finding at least this bad').default('high'),
    )
    .action(async (words: string[], options: Options) => end(await audit(words, options, context)));
};

async function audit(words: readonly string[], options: Options, context: Context): Promise<Exit> {
  const { terminal, clock, signal } = context;
  const { wanted, repeated } = wantedTargets(words, options.targets);
  if (wanted.length === 0) {
    throw new Complaint(
      'There is no server to audit.',
      'Name one, for example sundew audit redis://127.0.0.1:6379, or a file with --targets FILE.',
    );
  }
  if (repeated > 0) terminal.err(`sundew: ${repeated} named more than once: each is asked once.\n`);
  const { knowledge } = await auditKnowledge(
    { data: dataFolder(options.data), rules: options.rules, judgeBySensors: options.sensors },
    terminal,
  );
  const people = options.json === undefined && options.ndjson === undefined;
  const reports: AuditReport[] = [];
  const results: AuditResult[] = [];
  const exit = createAuditExit(options.failOn);
  const style = styleFor(terminal, 'out');
  const progress = createProgress(terminal, clock, wanted.length, terminal.interactive);
  let infected = 0;
  await auditAll(
    wanted,
    knowledge,
    {
      ...runSettings(options),
      each: async (report) => {
        const { target, outcome, axes } = report;
        exit.add(report);
        if (axes.infected.answer === 'yes') infected++;
        if (options.json === true) reports.push(report);
        else if (people) results.push({ target, outcome, axes });
        if (options.ndjson === true) await terminal.out(`${safeJson(report)}\n`);
        else if (people) await terminal.out(auditText(report, style));
        progress.step(`${infected} infected`);
      },
    },
    context,
  );
  progress.end();
  if (options.json === true) await terminal.out(`${safeJson(reports, 2)}\n`);
  else if (people && wanted.length > 1) await terminal.out(auditSummaryText(results, style));
  if (signal.aborted) terminal.err('sundew: stopped before all servers were asked.\n');
  return exit.status(signal.aborted);
}

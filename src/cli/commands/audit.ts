import type { AuditReport } from '../../model/audit-report.ts';
import type { Severity } from '../../model/severity.ts';
import { severityRank } from '../../model/severity.ts';
import { auditText } from '../../outputs/audit-text.ts';
import { safeJson } from '../../outputs/safe-json.ts';
import { auditKnowledge } from '../audit-knowledge.ts';
import type { AuditOptions } from '../audit-options.ts';
import { addAuditOptions } from '../audit-options.ts';
import { auditAll } from '../audit-run.ts';
import type { AddCommand, Context } from '../context.ts';
import { dataFolder } from '../data-folder.ts';
import { Complaint, Exit } from '../exit.ts';
import { addFormatOptions } from '../list.ts';
import { severityOption } from '../options.ts';
import { createProgress } from '../progress.ts';
import { wantedTargets } from '../targets.ts';
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
  const wanted = wantedTargets(words, options.targets);
  if (wanted.length === 0) {
    throw new Complaint(
      'There is no server to audit.',
      'Name one, for example sundew audit redis://127.0.0.1:6379, or a file with --targets FILE.',
    );
  }
  const { knowledge } = await auditKnowledge(
    { data: dataFolder(options.data), rules: options.rules, useSensors: options.sensors },
    terminal,
  );
  const reports: AuditReport[] = [];
  const style = styleFor(terminal, 'out');
  const progress = createProgress(terminal, clock, wanted.length, terminal.interactive);
  await auditAll(
    wanted,
    knowledge,
    {
      consent: options.consent === true,
      concurrency: options.concurrency,
      deadlineMs: options.timeout * 1_000,
      each: async (report) => {
        reports.push(report);
        if (options.ndjson === true) await terminal.out(`${safeJson(report)}\n`);
        else if (options.json === undefined) await terminal.out(`${auditText(report, style)}\n`);
        progress.step(`${reports.filter(isInfected).length} infected`);
      },
    },
    context,
  );
  progress.end();
  if (options.json === true) await terminal.out(`${safeJson(reports, 2)}\n`);
  return exitOf(reports, options.failOn, signal.aborted);
}

const isInfected = ({ axes }: AuditReport): boolean => axes.infected.answer === 'yes';

/** Findings weigh more than servers that could not be looked at: an operator must not miss them. */
export function exitOf(reports: readonly AuditReport[], failOn: Severity, stopped: boolean): Exit {
  const bad = reports.some(({ findings }) =>
    findings.some(({ severity }) => severityRank(severity) >= severityRank(failOn)),
  );
  if (bad) return Exit.findings;
  return stopped || reports.some(({ outcome }) => outcome !== 'audited') ? Exit.partial : Exit.fine;
}

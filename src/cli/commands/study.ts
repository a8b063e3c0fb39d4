import { once } from 'node:events';
import { createWriteStream } from 'node:fs';
import { Option } from 'commander';
import { DECOY, serverStudy } from '../../analysis/server-study.ts';
import type { AuditKnowledge } from '../../audit/audit-server.ts';
import type { AuditReport } from '../../model/audit-report.ts';
import { safeJson } from '../../outputs/safe-json.ts';
import { sensorStudyText, serverStudyText } from '../../outputs/study-text.ts';
import { knowledgeFor } from '../audit/knowledge.ts';
import type { AuditOptions } from '../audit/options.ts';
import { addAuditOptions, runSettings } from '../audit/options.ts';
import { auditAll } from '../audit/run.ts';
import { openScope } from '../audit/scope-options.ts';
import type { WantedServers } from '../audit/targets.ts';
import { wantedServers } from '../audit/targets.ts';
import type { AddCommand, Context } from '../context.ts';
import { dataFolder } from '../data-folder.ts';
import { Complaint, Exit } from '../exit.ts';
import { createProgress } from '../progress.ts';
import { styleFor } from '../terminal.ts';
import { timePoint } from '../time-point.ts';

interface Options extends AuditOptions {
  readonly since: string;
  readonly out?: string;
}

export const studyCommand: AddCommand = (program, context, end) => {
  addAuditOptions(program.command('study [target...]'))
    .description('the table of the 2018 study: of these servers, and of what the sensors met')
    .addOption(new Option('--since <time>', 'the sensors from this time on').default('24h'))
    .optionsGroup('What comes out:')
    .option('--out <file>', 'the report of each server as well, one JSON object a line')
    .option('--json', 'both tables as one JSON document')
    .action(async (words: string[], options: Options) => end(await study(words, options, context)));
};

async function study(words: readonly string[], options: Options, context: Context): Promise<Exit> {
  const { terminal, clock, signal } = context;
  const now = clock.now();
  const since = timePoint(options.since, now);
  const wanted = wantedServers({
    words,
    file: options.targets,
    inventories: options.inventory,
    seed: options.inOrder === true ? undefined : options.seed,
  });
  const { repeated } = wanted;
  for (const note of wanted.notes) terminal.err(`sundew: ${note}\n`);
  if (repeated > 0)
    terminal.err(`sundew: ${repeated} named more than once: each is asked, and counted, once.\n`);
  const { knowledge, observation } = await knowledgeFor(options, context, true);
  const reports = wanted.total === 0 ? undefined : await auditServers(wanted, knowledge, options, context);
  const servers = reports === undefined ? undefined : serverStudy(reports);
  const sensors = observation.ledger.study(since, now + 1);
  if (options.json === true) await terminal.out(`${safeJson({ servers, sensors }, 2)}\n`);
  else {
    const style = styleFor(terminal, 'out');
    if (servers !== undefined) await terminal.out(`${serverStudyText(servers, style)}\n`);
    await terminal.out(sensorStudyText(sensors, style));
  }
  if (!signal.aborted) return Exit.fine;
  terminal.err(`sundew: stopped; the table is of ${servers?.asked ?? 0} of ${wanted.total} servers.\n`);
  return Exit.partial;
}

/** Reports are slimmed as they come: a table over many servers does not need their findings in memory. */
async function auditServers(
  wanted: WantedServers,
  knowledge: AuditKnowledge,
  options: Options,
  context: Context,
): Promise<AuditReport[]> {
  const { terminal, clock } = context;
  const scope = await openScope(options, dataFolder(options.data), context);
  const file = options.out === undefined ? undefined : await createReportFile(options.out);
  const progress = createProgress(terminal, clock, wanted.total, terminal.interactive);
  const reports: AuditReport[] = [];
  let infected = 0;
  await auditAll(
    wanted,
    knowledge,
    {
      ...runSettings(options),
      ...scope,
      each: async (report) => {
        await file?.write(`${safeJson(report)}\n`);
        if (report.outcome === 'bad-target') terminal.err(`${report.message ?? report.target}\n`);
        reports.push(slim(report));
        if (report.axes.infected.answer === 'yes') infected++;
        progress.step(`${infected} infected`);
      },
    },
    context,
  );
  progress.end();
  await file?.end();
  return reports;
}

/** What the table needs: a list of many servers does not keep their findings in memory. */
function slim(report: AuditReport): AuditReport {
  const { footprint: _, ...rest } = report;
  const findings = report.findings.filter(({ rule }) => rule === DECOY);
  return { ...rest, findings, checks: [], notTested: [], commandsSent: {} };
}

interface ReportFile {
  write(text: string): Promise<void>;
  end(): Promise<void>;
}

/** Open before the first server is asked: a path that cannot be written must not cost an audit. */
async function createReportFile(path: string): Promise<ReportFile> {
  const stream = createWriteStream(path, { mode: 0o600 });
  let failed: Error | undefined;
  stream.on('error', (error) => {
    failed = error;
  });
  const check = (): void => {
    if (failed !== undefined) {
      throw new Complaint(
        `${path} cannot be written (${failed.message}).`,
        'Name a file in a folder you may write to.',
      );
    }
  };
  // Settles on 'open' and on 'error' alike; what went wrong is in `failed`.
  await once(stream, 'open').catch(() => undefined);
  check();
  return {
    write: async (text) => {
      check();
      if (!stream.write(text) && failed === undefined)
        await Promise.race([once(stream, 'drain'), once(stream, 'close')]);
    },
    end: async () => {
      check();
      stream.end();
      await once(stream, 'close');
      check();
    },
  };
}

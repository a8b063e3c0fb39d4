import { availableParallelism } from 'node:os';
import type { AuditKnowledge } from '../../audit/audit-server.ts';
import { CHECKS } from '../../audit/checks.ts';
import { auditFiles } from '../../audit/offline/audit-files.ts';
import type { AuditReport } from '../../model/audit-report.ts';
import type { Context } from '../context.ts';
import { dataFolder } from '../data-folder.ts';
import type { Exit } from '../exit.ts';
import { Complaint } from '../exit.ts';
import { createByteProgress, createProgress } from '../progress.ts';
import type { ConnectionOptions } from './connection-options.ts';
import { connecting, passwordWarning } from './connection-options.ts';
import { splitTargets } from './file-target.ts';
import type { ImpactOptions } from './impact-options.ts';
import { impactSettings } from './impact-options.ts';
import { knowledgeFor } from './knowledge.ts';
import type { AuditOptions } from './options.ts';
import { runSettings } from './options.ts';
import type { OutputOptions } from './output-options.ts';
import { createReportSink } from './report-sink.ts';
import { auditAll } from './run.ts';
import { openScope } from './scope-options.ts';
import type { WantedServers } from './targets.ts';
import { wantedServers } from './targets.ts';

export interface RunAuditOptions
  extends Omit<AuditOptions, 'json' | 'ndjson'>,
    OutputOptions,
    ConnectionOptions,
    ImpactOptions {}

/** Up to so many servers one thread has done them before another has started. */
const FEW = 500;
const MOST_WORKERS = 3;

/** Audits files first, then servers, and hands every report to what the operator wants written. */
export async function runAudit(
  words: readonly string[],
  options: RunAuditOptions,
  context: Context,
): Promise<Exit> {
  const { terminal, clock, signal } = context;
  const { files, servers: names } = splitTargets(words);
  const wanted = wantedServers({
    words: names,
    file: options.targets,
    inventories: options.inventory,
    seed: options.inOrder === true ? undefined : options.seed,
  });
  const warning = passwordWarning(names);
  if (warning !== undefined) terminal.err(`sundew: ${warning}\n`);
  for (const note of wanted.notes) terminal.err(`sundew: ${note}\n`);
  const total = wanted.total + files.length;
  if (total === 0) {
    throw new Complaint(
      'There is nothing to audit.',
      'Name a server, for example sundew audit redis://127.0.0.1:6379, a file such as dump.rdb, or many with --targets FILE.',
    );
  }
  if (wanted.repeated > 0)
    terminal.err(`sundew: ${wanted.repeated} named more than once: each is asked once.\n`);
  const ways = connecting(options, process.env, (line) => terminal.err(`sundew: ${line}\n`));
  const scope = await openScope(options, dataFolder(options.data), context);
  const { knowledge, source } = await knowledgeFor(options, context);
  const sink = await createReportSink(options, context, {
    // One name can stand for many servers: those are a table as well.
    servers: standsForMany(options, names) ? Math.max(2, total) : total,
    checks: CHECKS,
  });
  const progress = createProgress(terminal, clock, Math.max(1, total - sink.resumed), terminal.interactive);
  let infected = 0;
  let outside = 0;
  const each = async (report: AuditReport): Promise<void> => {
    if (report.axes.infected.answer === 'yes') infected++;
    await sink.add(report);
    progress.step(`${infected} infected`);
  };
  try {
    for (const file of files) {
      if (sink.skip(file) || signal.aborted) continue;
      await each(await auditFile(file, knowledge, context));
    }
    if (wanted.total > 0) outside = await askServers(wanted);
  } catch (error) {
    await sink.discard();
    throw error;
  } finally {
    progress.end();
  }
  const status = await sink.end(signal.aborted || outside > 0);
  if (signal.aborted) terminal.err('sundew: stopped before all servers were asked.\n');
  return status;

  async function askServers(servers: WantedServers): Promise<number> {
    const { refused } = await auditAll(
      servers,
      knowledge,
      {
        ...runSettings(options),
        ...scope,
        connecting: ways,
        limits: impactSettings(options),
        skip: sink.skip,
        each,
        workers: {
          count: workerCount(),
          beyond: FEW,
          knowledge: source,
          each: async (told) => {
            if (told.axes.infected.answer === 'yes') infected++;
            await sink.addTold(told);
            progress.step(`${infected} infected`);
          },
        },
      },
      context,
    );
    return refused;
  }
}

/** The main thread has a core of its own. */
function workerCount(): number {
  return Math.min(availableParallelism() - 1, MOST_WORKERS);
}

function standsForMany({ cluster, sentinel }: ConnectionOptions, names: readonly string[]): boolean {
  return cluster === true || sentinel !== undefined || names.some((name) => name.startsWith('sentinel://'));
}

async function auditFile(path: string, knowledge: AuditKnowledge, context: Context): Promise<AuditReport> {
  const { clock, signal, terminal } = context;
  const progress = createByteProgress(terminal, clock, path);
  try {
    return await auditFiles(path, knowledge, { clock, signal, progress: progress.at });
  } finally {
    progress.end();
  }
}

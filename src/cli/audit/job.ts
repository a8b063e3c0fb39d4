import { expandTargets } from '../../audit/ask/expand-targets.ts';
import type { AuditKnowledge } from '../../audit/audit-server.ts';
import { badTargetReport } from '../../audit/bad-target.ts';
import { DEFAULT_AUDIT_LIMITS } from '../../audit/limits.ts';
import { authorizationName } from '../../audit/scope/authorization.ts';
import type { CommandLog } from '../../audit/scope/log/command-log.ts';
import type { Scope } from '../../audit/scope/scope.ts';
import type { AuditDepth } from '../../model/audit-report.ts';
import { depthRank } from '../../model/audit-report.ts';
import type { Context } from '../context.ts';
import type { AskerSettings, Question } from './asker.ts';
import { askServer, logDial, lookupFor, sendingTo } from './asker.ts';
import type { RunNotes } from './notes.ts';
import type { Job } from './pieces.ts';
import { judgedPiece } from './pieces.ts';
import type { AuditRunOptions } from './run.ts';
import { place } from './scope.ts';
import { wholeReport } from './told-report.ts';
import type { AuditWorkers } from './workers.ts';

export interface JobTools {
  readonly knowledge: AuditKnowledge;
  readonly options: AuditRunOptions;
  readonly context: Context;
  readonly scope: Scope;
  readonly notes: RunNotes;
  readonly log: CommandLog | undefined;
  readonly settings: AskerSettings;
  /** They ask as well; `own` counts what this thread asks meanwhile. */
  readonly workers: AuditWorkers | undefined;
  readonly own: { asking: number };
}

type ServerJob = Exclude<Job, { fault: string }>;

const USUAL_DEPTH: AuditDepth = 'L4';
/** This thread writes as well: it asks one server where another asks so many. */
const SHARE = 4;

/** Audits one target, or what it stands for: the nodes of a cluster, the group of a Sentinel. */
export async function auditJob(job: Job, tools: JobTools): Promise<void> {
  const { options, context } = tools;
  if ('fault' in job) return options.each(badTargetReport(job.text, job.fault, context.clock.now()), 'named');
  for (const one of await unfolded(job, tools)) {
    if (context.signal.aborted) return;
    await auditOne(one, tools);
  }
}

async function unfolded(job: ServerJob, tools: JobTools): Promise<readonly ServerJob[]> {
  const { options, context, notes, scope } = tools;
  const { target, at } = job;
  const expand = options.connecting?.expand ?? { cluster: false, preferReplica: false };
  if (target.sentinel === undefined && !expand.cluster && !expand.preferReplica) return [job];
  notes.dialled(at);
  logDial(questionOf(job, tools), tools.log);
  const { targets, fault } = await expandTargets(target, expand, {
    limits: {
      ...DEFAULT_AUDIT_LIMITS,
      ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
    },
    signal: context.signal,
    lookup: at === undefined ? undefined : lookupFor(at),
    insecure: options.insecure,
    sending: sendingTo(target, tools.log),
  });
  if (fault !== undefined) notes.say(undefined, fault);
  const jobs: ServerJob[] = [];
  for (const one of targets) {
    if (one === target) {
      jobs.push(job);
      continue;
    }
    // Named by several seeds of the same cluster, it is asked once.
    if (!notes.first(one.text)) continue;
    const piece = judgedPiece(one, await place(one.host), job.origin, {
      scope,
      notes,
      options: { skip: options.skip },
      clock: context.clock,
    });
    if (piece !== undefined && 'target' in piece.item) jobs.push(piece.item);
  }
  return jobs;
}

/** A report of the main thread, or what a worker tells of one. */
async function auditOne(job: ServerJob, tools: JobTools): Promise<void> {
  const { options, workers, settings, knowledge, context, log, own } = tools;
  const question = questionOf(job, tools);
  tools.notes.dialled(job.at);
  // Certificates and keys stay in the thread that read them.
  if (
    workers === undefined ||
    job.target.tlsOptions?.context !== undefined ||
    own.asking * SHARE < workers.waiting()
  ) {
    const { clock, signal } = context;
    own.asking++;
    const report = await askServer(question, settings, { knowledge, log, clock, signal }).finally(() => {
      own.asking--;
    });
    return options.each(report, job.origin);
  }
  const told = await workers.ask(question);
  return options.workers?.each === undefined
    ? options.each(wholeReport(told), job.origin)
    : options.workers.each(told);
}

function questionOf({ target, at, by, depth: allowed }: ServerJob, { options, notes }: JobTools): Question {
  const asked = options.depth ?? USUAL_DEPTH;
  if (by === undefined || depthRank(allowed) >= depthRank(asked)) {
    const depth = depthRank(allowed) < depthRank(asked) ? allowed : asked;
    return { target, at, depth, by: by === undefined ? undefined : authorizationName(by), note: undefined };
  }
  const name = authorizationName(by);
  notes.lowered(`${by.where} ${allowed}`, `${name} allows ${allowed}, not ${asked} (${by.where})`);
  const note = `deeper than ${allowed}: ${name} allows no more of this server (${by.where})`;
  return { target, at, depth: allowed, by: name, note };
}

import type { LookupFunction } from 'node:net';
import type { Sending } from '../../audit/ask/connection.ts';
import { expandTargets } from '../../audit/ask/expand-targets.ts';
import type { AuditTarget } from '../../audit/ask/target.ts';
import type { AuditKnowledge } from '../../audit/audit-server.ts';
import { auditServer } from '../../audit/audit-server.ts';
import { badTargetReport } from '../../audit/bad-target.ts';
import { DEFAULT_AUDIT_LIMITS } from '../../audit/limits.ts';
import { authorizationName } from '../../audit/scope/authorization.ts';
import type { CommandLog } from '../../audit/scope/log/command-log.ts';
import type { Scope } from '../../audit/scope/scope.ts';
import type { AuditDepth, AuditReport } from '../../model/audit-report.ts';
import { depthRank } from '../../model/audit-report.ts';
import type { Context } from '../context.ts';
import type { RunNotes } from './notes.ts';
import type { Job } from './pieces.ts';
import { judgedPiece } from './pieces.ts';
import type { AuditRunOptions } from './run.ts';
import type { Placed } from './scope.ts';
import { place } from './scope.ts';

export interface JobTools {
  readonly knowledge: AuditKnowledge;
  readonly options: AuditRunOptions;
  readonly context: Context;
  readonly scope: Scope;
  readonly notes: RunNotes;
  readonly log: CommandLog | undefined;
  readonly eager: boolean;
}

type ServerJob = Exclude<Job, { fault: string }>;

const USUAL_DEPTH: AuditDepth = 'L4';
/** Another connection of ours has to end first. */
const AGAIN_MS = 250;
const TRIES = 40;

/** Audits one target, or what it stands for: the nodes of a cluster, the group of a Sentinel. */
export async function auditJob(job: Job, tools: JobTools): Promise<void> {
  const { options, context } = tools;
  if ('fault' in job) return options.each(badTargetReport(job.text, job.fault, context.clock.now()), 'named');
  for (const one of await unfolded(job, tools)) {
    if (context.signal.aborted) return;
    await options.each(await auditOne(one, tools), one.origin);
  }
}

async function unfolded(job: ServerJob, tools: JobTools): Promise<readonly ServerJob[]> {
  const { options, context, notes, scope } = tools;
  const { target, at } = job;
  const expand = options.connecting?.expand ?? { cluster: false, preferReplica: false };
  if (target.sentinel === undefined && !expand.cluster && !expand.preferReplica) return [job];
  dial(job, tools);
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

async function auditOne(job: ServerJob, tools: JobTools): Promise<AuditReport> {
  const { knowledge, options, context, log, eager } = tools;
  const { target, at, by } = job;
  const asked = options.depth ?? USUAL_DEPTH;
  const depth = depthRank(job.depth) < depthRank(asked) ? job.depth : asked;
  let report: AuditReport;
  for (let tries = 1; ; tries++) {
    dial(job, tools);
    report = await auditServer(target, knowledge, {
      clock: context.clock,
      signal: context.signal,
      depth,
      eager,
      sending: sendingTo(target, log),
      ...(at === undefined ? {} : { lookup: lookupFor(at) }),
      ...(options.insecure === undefined ? {} : { insecure: options.insecure }),
      limits: {
        ...options.limits,
        ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
      },
    });
    if (!isOutOfDescriptors(report) || tries === TRIES || context.signal.aborted) break;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
  if (depth === asked || by === undefined) return report;
  const note = `deeper than ${depth}: ${authorizationName(by)} allows no more of this server (${by.where})`;
  tools.notes.lowered(
    `${by.where} ${depth}`,
    `${authorizationName(by)} allows ${depth}, not ${asked} (${by.where})`,
  );
  return { ...report, notTested: [...report.notTested, note] };
}

function dial({ target, at, depth, by }: ServerJob, { log, options, notes }: JobTools): void {
  const asked = options.depth ?? USUAL_DEPTH;
  const reached = depthRank(depth) < depthRank(asked) ? depth : asked;
  if (at !== undefined && 'fault' in at) return;
  const address = at === undefined ? (target.socket ?? target.host) : at.address;
  notes.dialled(at);
  log?.dial({
    target: target.text,
    address,
    depth: reached,
    by: by === undefined ? undefined : authorizationName(by),
  });
}

function sendingTo({ text }: AuditTarget, log: CommandLog | undefined): Sending | undefined {
  return log === undefined ? undefined : (commands) => log.sending(text, commands);
}

function isOutOfDescriptors({ outcome, message = '' }: AuditReport): boolean {
  return outcome === 'unreachable' && /\((EMFILE|ENFILE)\)/.test(message.slice(0, 2_000));
}

/**
 * The name is not asked for again: what was checked is what is dialled (DNS rebinding). Without an address it was not
 * checked, so it gets none now.
 */
export function lookupFor(at: Placed): LookupFunction {
  return (_, options, callback) => {
    if ('fault' in at) callback(Object.assign(new Error(at.fault), { code: at.fault }), '', 4);
    else if (options.all === true) callback(null, [{ address: at.address, family: at.family }]);
    else callback(null, at.address, at.family);
  };
}

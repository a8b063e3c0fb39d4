import type { LookupFunction } from 'node:net';
import type { AuditTarget } from '../../audit/ask/target.ts';
import type { AuditKnowledge } from '../../audit/audit-server.ts';
import { auditServer } from '../../audit/audit-server.ts';
import { badTargetReport } from '../../audit/bad-target.ts';
import type { AuditReport } from '../../model/audit-report.ts';
import type { Context } from '../context.ts';
import { Complaint, Exit } from '../exit.ts';
import type { Placed } from './scope.ts';
import { place } from './scope.ts';
import type { Wanted } from './targets.ts';

export interface AuditRunOptions {
  /** The operator says that they own the targets or may look into them. */
  readonly consent: boolean;
  /** Passwords go also to servers whose certificate cannot be verified. */
  readonly insecure?: boolean;
  /** Servers looked at at the same time. */
  readonly concurrency: number;
  /** For the whole audit of one server, milliseconds. */
  readonly deadlineMs?: number | undefined;
  /** Called once a server, in the order they are finished. */
  readonly each: (report: AuditReport) => Promise<void> | void;
}

type Job = { readonly target: AuditTarget; readonly at: Placed } | Extract<Wanted, { fault: string }>;

/**
 * Audits all of them. Where the names point is looked up first, and when one lies outside of the operator's own networks
 * nothing is sent anywhere without consent.
 */
export async function auditAll(
  wanted: readonly Wanted[],
  knowledge: AuditKnowledge,
  options: AuditRunOptions,
  context: Context,
): Promise<void> {
  const jobs = await placed(wanted, options.concurrency, context.signal);
  if (context.signal.aborted) return;
  if (!options.consent) refuseOutsiders(jobs);
  await inPool(jobs, options.concurrency, context.signal, async (job) => {
    await options.each(await auditJob(job, knowledge, options, context));
  });
}

async function auditJob(
  job: Job,
  knowledge: AuditKnowledge,
  { deadlineMs, insecure }: AuditRunOptions,
  { clock, signal }: Context,
): Promise<AuditReport> {
  if ('fault' in job) return badTargetReport(job.text, job.fault, clock.now());
  const { target, at } = job;
  return auditServer(target, knowledge, {
    clock,
    signal,
    lookup: 'fault' in at ? nowhere(at.fault) : pinned(at),
    ...(insecure === undefined ? {} : { insecure }),
    ...(deadlineMs === undefined ? {} : { limits: { deadlineMs } }),
  });
}

/** The name is not asked for again: what was checked is what is dialled (DNS rebinding). */
function pinned({ address, family }: Exclude<Placed, { fault: string }>): LookupFunction {
  return (_, options, callback) => {
    if (options.all === true) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
}

/** Without an address it was not checked, so it gets none now. */
function nowhere(code: string): LookupFunction {
  return (_, __, callback) => callback(Object.assign(new Error(code), { code }), '', 4);
}

async function placed(wanted: readonly Wanted[], concurrency: number, signal: AbortSignal): Promise<Job[]> {
  const jobs: Job[] = [];
  await inPool([...wanted.entries()], concurrency, signal, async ([index, one]) => {
    jobs[index] = 'fault' in one ? one : { target: one, at: await place(one.host) };
  });
  return jobs;
}

function refuseOutsiders(jobs: readonly Job[]): void {
  const outside = jobs.flatMap((job) =>
    'target' in job && 'own' in job.at && !job.at.own ? [job.target.text] : [],
  );
  if (outside.length === 0) return;
  const more = outside.length > 3 ? ` and ${outside.length - 3} more` : '';
  throw new Complaint(
    `Outside of your own networks: ${outside.slice(0, 3).join(', ')}${more}. Nothing was sent.`,
    'If you own these servers or may look into them, say so with --consent.',
    Exit.scope,
  );
}

async function inPool<T>(
  items: readonly T[],
  width: number,
  signal: AbortSignal,
  work: (item: T) => Promise<void>,
): Promise<void> {
  const queue = items.values();
  let failed = false;
  const worker = async (): Promise<void> => {
    for (const item of queue) {
      // When one fails (a full disk), the others do not go on asking for nothing.
      if (signal.aborted || failed) return;
      try {
        await work(item);
      } catch (error) {
        failed = true;
        throw error;
      }
    }
  };
  await Promise.all(Array.from({ length: Math.min(width, items.length) }, worker));
}

import type { AuditTarget } from '../../audit/ask/target.ts';
import type { AuditKnowledge } from '../../audit/audit-server.ts';
import type { AuditLimits } from '../../audit/limits.ts';
import { concurrencyFor } from '../../audit/scope/concurrency.ts';
import type { CommandLog } from '../../audit/scope/log/command-log.ts';
import { LogFailed } from '../../audit/scope/log/command-log.ts';
import type { PoolLimits } from '../../audit/scope/paced-pool.ts';
import { runPaced } from '../../audit/scope/paced-pool.ts';
import { growingWidth } from '../../audit/scope/pool-width.ts';
import type { Scope } from '../../audit/scope/scope.ts';
import { createScope } from '../../audit/scope/scope.ts';
import { createTokenBucket } from '../../audit/scope/token-bucket.ts';
import type { AuditDepth, AuditReport } from '../../model/audit-report.ts';
import { openFileCount, openFileLimit } from '../../platform/open-files.ts';
import type { Context } from '../context.ts';
import { Complaint, Exit } from '../exit.ts';
import type { AskerSettings } from './asker.ts';
import type { Connecting } from './connection-options.ts';
import { auditJob } from './job.ts';
import { createRunNotes } from './notes.ts';
import { refuseOutsiders } from './outsiders.ts';
import { jobPieces } from './pieces.ts';
import { placeNames } from './scope.ts';
import type { Wanted, WantedServers } from './targets.ts';
import type { ToldReport } from './told-report.ts';
import type { KnowledgeSource } from './worker-messages.ts';
import type { AuditWorkers } from './workers.ts';
import { startAuditWorkers, WorkerDied } from './workers.ts';

/** How a target came to be one. */
export type Origin = 'named' | 'range';

export interface AuditRunOptions {
  /** Whom it may ask, and how deep; without, the operator's own networks. */
  readonly scope?: Scope | undefined;
  /** Opens the log of everything sent, once nothing stands against dialling. */
  readonly openLog?: (() => CommandLog) | undefined;
  /** How deep to look, where the scope allows it. */
  readonly depth?: AuditDepth | undefined;
  /** Login, TLS and wishes for each target, and whether a target stands for more than itself. */
  readonly connecting?: Connecting | undefined;
  /** Servers that only a range names get the password as well. */
  readonly loginRanges?: boolean | undefined;
  /** Passwords go also to servers whose certificate cannot be verified. */
  readonly insecure?: boolean | undefined;
  /** Servers looked at at the same time; by their number unless told. */
  readonly concurrency?: number | undefined;
  /** Of one /24 or /48. */
  readonly perNetwork?: number | undefined;
  readonly networkRate?: number | undefined;
  /** New connections a second; unless told, 500 to others than loopback. */
  readonly rate?: number | undefined;
  /** What a server may be put through. */
  readonly limits?: Partial<AuditLimits> | undefined;
  /** For the whole audit of one server, milliseconds. */
  readonly deadlineMs?: number | undefined;
  /** True for a target that a run before has done. */
  readonly skip?: ((targetText: string) => boolean) | undefined;
  /** Other threads for many servers; without, the main one asks them all. */
  readonly workers?: WorkersWanted | undefined;
  /** Called once a server, in the order they are finished; the next one waits for it. */
  readonly each: (report: AuditReport, origin: Origin) => Promise<void> | void;
}

export interface WorkersWanted {
  /** Threads beside the main one; 0 for none. */
  readonly count: number;
  /** For more servers than so many; each thread costs time and memory to start. */
  readonly beyond: number;
  /** What they are to know, which is what `knowledge` is. */
  readonly knowledge: KnowledgeSource;
  /** Called in the place of the other for what they did, when it can do with a line. */
  readonly each?: ((told: ToldReport) => Promise<void>) | undefined;
}

/** What became of the targets that have no report. */
export interface AuditRunSummary {
  readonly skipped: number;
  readonly optedOut: number;
  /** Not asked, because an authorisation ended meanwhile or a cluster names servers outside of the scope. */
  readonly refused: number;
}

const USUAL_RATE = 500;
const PER_NETWORK = 16;
/** New connections a second to one of these networks. */
const NETWORK_RATE = 100;
/** Beyond so many servers round trips are saved: the first questions leave with the greeting. */
const MANY = 100;
const LOOKUPS = 64;

/**
 * Audits all of them. Where the names point is looked up first, and when anything lies outside of the scope nothing is
 * sent anywhere. Opt-outs are left out one by one. What cannot be logged is not sent.
 */
export async function auditAll(
  wanted: WantedServers | readonly Wanted[],
  knowledge: AuditKnowledge,
  options: AuditRunOptions,
  context: Context,
): Promise<AuditRunSummary> {
  const { clock, signal, terminal } = context;
  const servers = 'named' in wanted ? wanted : listed(wanted);
  const scope = options.scope ?? createScope([], []);
  const targets = servers.named.filter((one): one is AuditTarget => !('fault' in one));
  const placed = await placeNames(targets, LOOKUPS, signal);
  const notes = createRunNotes(terminal);
  if (signal.aborted) return notes.summary();
  refuseOutsiders(servers, placed, scope, clock.now());
  const width = concurrencyFor(options.concurrency, servers.total, {
    limit: openFileLimit(),
    open: openFileCount(),
  });
  const settings: AskerSettings = {
    eager: servers.total > MANY,
    insecure: options.insecure,
    limits: {
      ...options.limits,
      ...(options.deadlineMs === undefined ? {} : { deadlineMs: options.deadlineMs }),
    },
  };
  let log: CommandLog | undefined;
  let workers: AuditWorkers | undefined;
  const own = { asking: 0 };
  try {
    log = options.openLog?.();
    workers = await workersFor(servers.total, { options, settings, log, signal });
    await runPaced(
      jobPieces(servers, placed, { scope, notes, options, clock }),
      (job) => auditJob(job, { knowledge, options, context, scope, notes, log, settings, workers, own }),
      limits(options, { width, workers, many: servers.total > MANY }, context),
    );
    await workers?.end();
    log?.end();
  } catch (error) {
    await workers?.terminate();
    if (error instanceof WorkerDied) {
      log?.end();
      throw new Complaint(
        `A thread of the audit died: ${error.message}. The audit was stopped.`,
        'Run it again with --resume FILE, or with fewer servers at a time (--concurrency).',
        Exit.internal,
      );
    }
    if (!(error instanceof LogFailed)) {
      log?.end();
      throw error;
    }
    throw new Complaint(
      `The log of what is sent failed: ${error.message}. The audit was stopped, and what is not logged was not sent.`,
      'Make room or mend the rights there, or name another folder with --data; then run it again.',
      Exit.partial,
    );
  }
  notes.say(log?.head());
  return notes.summary();
}

function limits(
  { perNetwork = PER_NETWORK, networkRate = NETWORK_RATE, rate, concurrency }: AuditRunOptions,
  { width, workers, many }: { width: number; workers: AuditWorkers | undefined; many: boolean },
  { clock, signal }: Context,
): PoolLimits {
  const perSecond = rate ?? USUAL_RATE;
  // A tenth of a second's worth at once, so that the rate is one also for whoever looks closely.
  const bucket = createTokenBucket(perSecond, Math.max(1, Math.floor(perSecond / 10)), clock);
  return {
    width: many && concurrency === undefined ? growingWidth(width, workers?.load ?? ownLoad()) : width,
    perNetwork,
    networkHoldMs: Math.ceil((perNetwork * 1_000) / networkRate),
    bucket,
    signal,
  };
}

function ownLoad(): () => number {
  let before = performance.eventLoopUtilization();
  return () => {
    const now = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(now, before);
    before = now;
    return utilization;
  };
}

async function workersFor(
  total: number,
  of: {
    readonly options: AuditRunOptions;
    readonly settings: AskerSettings;
    readonly log: CommandLog | undefined;
    readonly signal: AbortSignal;
  },
): Promise<AuditWorkers | undefined> {
  const { workers: wanted } = of.options;
  if (wanted === undefined || wanted.count < 1 || total <= wanted.beyond) return undefined;
  const { count, knowledge } = wanted;
  return startAuditWorkers({ count, knowledge, settings: of.settings, log: of.log, signal: of.signal });
}

function listed(wanted: readonly Wanted[]): WantedServers {
  return { named: wanted, ranges: [], seed: undefined, total: wanted.length, repeated: 0, notes: [] };
}

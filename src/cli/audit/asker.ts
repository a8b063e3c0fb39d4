import type { LookupFunction } from 'node:net';
import type { Sending } from '../../audit/ask/connection.ts';
import type { AuditTarget } from '../../audit/ask/target.ts';
import type { AuditKnowledge } from '../../audit/audit-server.ts';
import { auditServer } from '../../audit/audit-server.ts';
import type { AuditLimits } from '../../audit/limits.ts';
import type { CommandLog } from '../../audit/scope/log/command-log.ts';
import type { AuditDepth, AuditReport } from '../../model/audit-report.ts';
import type { Clock } from '../../platform/clock.ts';
import type { Placed } from './scope.ts';

/** One server that may be asked, so deep and no deeper. */
export interface Question {
  readonly target: AuditTarget;
  readonly at: Placed | undefined;
  readonly depth: AuditDepth;
  /** Whose authorisation. */
  readonly by: string | undefined;
  /** What was not looked at because it may not be. */
  readonly note: string | undefined;
}

/** How all servers of a run are asked; goes to another thread as it is. */
export interface AskerSettings {
  readonly eager: boolean;
  readonly insecure: boolean | undefined;
  readonly limits: Partial<AuditLimits>;
}

export interface AskerTools {
  readonly knowledge: AuditKnowledge;
  readonly log: CommandLog | undefined;
  readonly clock: Clock;
  readonly signal: AbortSignal;
}

/** Another connection of ours has to end first. */
const AGAIN_MS = 250;
const TRIES = 40;

/** Writes down whom it dials, and asks. Without descriptors left it tries again. */
export async function askServer(
  { target, at, depth, by, note }: Question,
  { eager, insecure, limits }: AskerSettings,
  { knowledge, log, clock, signal }: AskerTools,
): Promise<AuditReport> {
  let report: AuditReport;
  for (let tries = 1; ; tries++) {
    logDial({ target, at, depth, by }, log);
    report = await auditServer(target, knowledge, {
      clock,
      signal,
      depth,
      eager,
      sending: sendingTo(target, log),
      ...(at === undefined ? {} : { lookup: lookupFor(at) }),
      ...(insecure === undefined ? {} : { insecure }),
      limits,
    });
    if (!isOutOfDescriptors(report) || tries === TRIES || signal.aborted) break;
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
  return note === undefined ? report : { ...report, notTested: [...report.notTested, note] };
}

export function logDial(
  { target, at, depth, by }: Omit<Question, 'note'>,
  log: CommandLog | undefined,
): void {
  if (at !== undefined && 'fault' in at) return;
  const address = at === undefined ? (target.socket ?? target.host) : at.address;
  log?.dial({ target: target.text, address, depth, by });
}

export function sendingTo({ text }: AuditTarget, log: CommandLog | undefined): Sending | undefined {
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

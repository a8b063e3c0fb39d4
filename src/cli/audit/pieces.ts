import type { AuditTarget } from '../../audit/ask/target.ts';
import type { Authorization } from '../../audit/scope/authorization.ts';
import { isLoopback } from '../../audit/scope/own-networks.ts';
import type { Piece } from '../../audit/scope/paced-pool.ts';
import { rangeTargets } from '../../audit/scope/range-targets.ts';
import type { Scope } from '../../audit/scope/scope.ts';
import type { AuditDepth } from '../../model/audit-report.ts';
import type { Clock } from '../../platform/clock.ts';
import type { RunNotes } from './notes.ts';
import type { AuditRunOptions, Origin } from './run.ts';
import type { Placed } from './scope.ts';
import { placeLiteral } from './scope.ts';
import type { Wanted, WantedServers } from './targets.ts';
import { namedServers } from './targets.ts';

/** One server to ask, judged and with its address; or a line that names none. */
export type Job =
  | {
      readonly target: AuditTarget;
      readonly at: Placed | undefined;
      readonly depth: AuditDepth;
      readonly by: Authorization | undefined;
      readonly origin: Origin;
    }
  | Extract<Wanted, { fault: string }>;

export interface Judging {
  readonly scope: Scope;
  readonly notes: RunNotes;
  readonly options: Pick<AuditRunOptions, 'skip' | 'rate' | 'connecting' | 'loginRanges'>;
  readonly clock: Clock;
}

/** All targets as work for the pool, made one by one as the pool asks for them. */
export function* jobPieces(
  { named, ranges, seed }: WantedServers,
  placed: ReadonlyMap<string, Placed>,
  judging: Judging,
): Generator<Piece<Job>> {
  for (const one of named) {
    const piece =
      'fault' in one
        ? { item: one, network: undefined, host: undefined, paced: false }
        : judgedPiece(one, placed.get(one.host) ?? placeLiteral(one.host), 'named', judging);
    if (piece !== undefined) yield piece;
  }
  if (ranges.length === 0) return;
  for (const target of rangeTargets(ranges, namedServers(named), { seed })) {
    const piece = judgedPiece(target, placeLiteral(target.host), 'range', judging);
    if (piece !== undefined) yield piece;
  }
}

/** Undefined when it is not to be asked, which is counted. */
export function judgedPiece(
  plain: AuditTarget,
  at: Placed | undefined,
  origin: Origin,
  { scope, notes, options, clock }: Judging,
): Piece<Job> | undefined {
  const target = prepared(plain, origin, options);
  if (options.skip?.(target.text) === true) {
    notes.skipped();
    return undefined;
  }
  if (target.socket !== undefined || at === undefined || 'fault' in at) {
    // A socket is this machine's. A name without an address is not dialled: its report says so.
    const item: Job = { target, at, depth: 'L5', by: undefined, origin };
    return { item, network: undefined, host: undefined, paced: false };
  }
  const verdict = scope.judge({ host: target.host, port: target.port, address: at.where }, clock.now());
  if (verdict.kind === 'opted-out') {
    notes.optedOut(target.text, verdict.where);
    return undefined;
  }
  if (verdict.kind === 'refused') {
    notes.refused(target.text, verdict.because);
    return undefined;
  }
  const item: Job = { target, at, depth: verdict.depth, by: verdict.by, origin };
  // Loopback is this machine: there is no network to spare.
  if (isLoopback(at.where)) {
    return { item, network: undefined, host: undefined, paced: options.rate !== undefined };
  }
  const { family, value } = at.where;
  return {
    item,
    network: `${family} ${value >> (family === 4 ? 8n : 80n)}`,
    host: `${family} ${value}`,
    paced: true,
  };
}

/** A password is for servers that somebody named: whoever listens in a range could read it. */
function prepared(
  plain: AuditTarget,
  origin: Origin,
  { connecting, loginRanges }: Judging['options'],
): AuditTarget {
  const target = connecting?.prepare(plain) ?? plain;
  if (origin === 'named' || loginRanges === true) return target;
  const { user: _, password: __, ...rest } = target;
  return { ...rest, text: plain.text };
}

import { z } from 'zod';
import { Finding } from './finding.ts';
import { Axis } from './severity.ts';

/** How a conversation with a target ended. Closed: never just "failed". */
export const Outcome = z.enum([
  'audited',
  'partial',
  'refused',
  'unreachable',
  'timeout',
  'not-redis',
  'tls-required',
  'auth-required',
  'protected',
  'busy',
  'protocol-fault',
  'endless',
  'bad-target',
]);
export type Outcome = z.infer<typeof Outcome>;

/** "Not visible" is an answer of its own, never "no". */
export const Answer = z.enum(['yes', 'no', 'not-visible']);
export type Answer = z.infer<typeof Answer>;

/**
 * How deep an audit looks, as consent is given. L0 connect and PING; L1 INFO and the rights of the account; L2 settings,
 * users, modules, functions, logs and clients; L3 key names; L4 the beginning of values; L5 a whole dump, offline.
 */
export const AuditDepth = z.enum(['L0', 'L1', 'L2', 'L3', 'L4', 'L5']);
export type AuditDepth = z.infer<typeof AuditDepth>;

export function depthRank(depth: AuditDepth): number {
  return AuditDepth.options.indexOf(depth);
}

/** What was looked at: a server that was asked, or the files one leaves behind. */
export const SubjectKind = z.enum(['server', 'rdb', 'aof', 'config', 'acl', 'folder']);
export type SubjectKind = z.infer<typeof SubjectKind>;

/**
 * How far it came with the server, worst last. `unknown`: what it takes to tell was not visible; `closed`: strangers
 * are kept out, and no trace of an attack.
 */
export const Rung = z.enum(['unknown', 'closed', 'exposed', 'attacked', 'tampered', 'executed']);
export type Rung = z.infer<typeof Rung>;

/** What became of one check, whose title `sundew checks` tells. `clear`: it was looked at and nothing found. */
export const CheckOutcome = z.object({
  id: z.string(),
  axis: Axis,
  result: z.enum(['found', 'clear', 'not-tested']),
  /** Why it was not tested, or what could not be seen beside what was found. */
  because: z.string().optional(),
  /** The question does not arise at this server, so nothing is hidden by not testing it. */
  moot: z.literal(true).optional(),
});
export type CheckOutcome = z.infer<typeof CheckOutcome>;

/** A counter of the server before and after we were there; `ours` is what we did of the difference. */
export const MovedCounter = z.object({
  name: z.string(),
  before: z.number(),
  after: z.number(),
  ours: z.number(),
});
export type MovedCounter = z.infer<typeof MovedCounter>;

/** What the audit left behind. Nothing is written; these counters are moved by anybody who reads. */
export const Footprint = z.object({
  connections: z.number().int().nonnegative(),
  bytesSent: z.number().int().nonnegative(),
  bytesReceived: z.number().int().nonnegative(),
  /** Counters that moved while we were there; empty when INFO was not visible. */
  counters: z.array(MovedCounter),
  /** Keys, last save and unsaved changes stayed as they were; undefined when that cannot be told. */
  dataUnchanged: z.boolean().optional(),
});
export type Footprint = z.infer<typeof Footprint>;

export const AxisVerdict = z.object({
  answer: Answer,
  /** One sentence that a tired operator understands. */
  because: z.string(),
});
export type AxisVerdict = z.infer<typeof AxisVerdict>;

export const AuditReport = z.object({
  /** The target as asked for, without any password. */
  target: z.string(),
  kind: SubjectKind,
  outcome: Outcome,
  /** How deep it was asked to look. */
  depth: AuditDepth,
  /** How far an attack came. */
  rung: Rung,
  /** What happened and what to do, when the outcome is not `audited`. */
  message: z.string().optional(),
  time: z.number().int(),
  /** How long the audit took, milliseconds. */
  ms: z.number(),
  server: z
    .object({
      engine: z.string(),
      version: z.string(),
      os: z.string(),
      role: z.string(),
      runId: z.string(),
      /** Keys in all databases. */
      keys: z.number().int().nonnegative(),
    })
    .optional(),
  axes: z.object({
    exposed: AxisVerdict,
    infected: AxisVerdict,
    leaking: AxisVerdict,
    vulnerable: AxisVerdict,
    misconfigured: AxisVerdict,
  }),
  findings: z.array(Finding),
  /** Every check, in a fixed order; empty when nothing could be asked. */
  checks: z.array(CheckOutcome),
  /** Campaigns the evidence ties the server to, with the reason. */
  campaigns: z.array(z.object({ id: z.string(), title: z.string(), because: z.string() })),
  counts: z.object({
    keysSeen: z.number().int().nonnegative(),
    valuesRead: z.number().int().nonnegative(),
    maliciousKeys: z.number().int().nonnegative(),
    maliciousValues: z.number().int().nonnegative(),
  }),
  /** What was not looked at, and why. */
  notTested: z.array(z.string()),
  /** Every command sent, with its count: the footprint. */
  commandsSent: z.record(z.string(), z.number().int().positive()),
  footprint: Footprint.optional(),
});
export type AuditReport = z.infer<typeof AuditReport>;

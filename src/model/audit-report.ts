import { z } from 'zod';
import { Finding } from './finding.ts';

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

export const AxisVerdict = z.object({
  answer: Answer,
  /** One sentence that a tired operator understands. */
  because: z.string(),
});
export type AxisVerdict = z.infer<typeof AxisVerdict>;

export const AuditReport = z.object({
  /** The target as asked for, without any password. */
  target: z.string(),
  outcome: Outcome,
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
});
export type AuditReport = z.infer<typeof AuditReport>;

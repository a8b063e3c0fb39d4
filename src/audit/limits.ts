import type { ReplyLimits } from '../wire/reply-limits.ts';

/** How long and how much one audit may take. All times in milliseconds. */
export interface AuditLimits {
  readonly connectMs: number;
  /** From sending a command, or a batch, to its last reply. */
  readonly replyMs: number;
  /** The whole audit of one server. */
  readonly deadlineMs: number;
  /** Bytes one server may send us. */
  readonly maxBytes: number;
  /** Commands in one batch. */
  readonly batch: number;
  /** Rest between two batches, so that other clients get their turn. */
  readonly paceMs: number;
  /** Up to so many keys in all databases every name is read; beyond, a sample. */
  readonly allNames: number;
  /** Names read when there are more keys than that. */
  readonly sampledNames: number;
  /** Keys whose values are read, beside the flagged ones. */
  readonly values: number;
  /** Keys with a suspicious name whose values are read. */
  readonly flagged: number;
  /** Bytes read from the head of a string, and of a flagged one. */
  readonly headBytes: number;
  readonly flaggedHeadBytes: number;
  /** Bytes read from the end of a longer string. */
  readonly tailBytes: number;
  /** Databases looked at. */
  readonly databases: number;
}

export const DEFAULT_AUDIT_LIMITS: AuditLimits = {
  connectMs: 5_000,
  replyMs: 5_000,
  deadlineMs: 120_000,
  maxBytes: 134_217_728,
  batch: 100,
  paceMs: 1,
  allNames: 10_000,
  sampledNames: 5_000,
  values: 2_000,
  flagged: 500,
  headBytes: 4_096,
  flaggedHeadBytes: 65_536,
  tailBytes: 1_024,
  databases: 1_024,
};

/** The longest honest reply is INFO with the statistics of every command: about 40 kB. */
export const REPLY_LIMITS: ReplyLimits = {
  maxLine: 65_536,
  maxBulk: 16_777_216,
  keepBulk: 1_048_576,
  maxElements: 100_000,
  maxDepth: 8,
  maxKept: 8_388_608,
};

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
  /** The least rest between two batches. */
  readonly paceMs: number;
  /** Of the time of the server's one thread, the part that the walk may take: it rests in between. 0 to 1. */
  readonly busyShare: number;
  /** Commands of the walk, after which it stops. */
  readonly commands: number;
  /** Time and bytes spent on names, after which a sample has to do. */
  readonly namesMs: number;
  readonly nameBytes: number;
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
  /** Read values also where that makes them look recently used, and so changes what is evicted. */
  readonly touch: boolean;
}

/** How much of a server an audit may take. */
export const IMPACTS = ['low', 'normal', 'high'] as const;
export type Impact = (typeof IMPACTS)[number];

type ImpactLimits = Pick<
  AuditLimits,
  | 'busyShare'
  | 'batch'
  | 'commands'
  | 'namesMs'
  | 'nameBytes'
  | 'allNames'
  | 'sampledNames'
  | 'values'
  | 'flagged'
>;

export const IMPACT_LIMITS: Readonly<Record<Impact, ImpactLimits>> = {
  low: {
    busyShare: 0.02,
    batch: 20,
    commands: 5_000,
    namesMs: 10_000,
    nameBytes: 4_194_304,
    allNames: 20_000,
    sampledNames: 5_000,
    values: 500,
    flagged: 200,
  },
  normal: {
    busyShare: 0.25,
    batch: 100,
    commands: 50_000,
    namesMs: 20_000,
    nameBytes: 67_108_864,
    allNames: 250_000,
    sampledNames: 50_000,
    values: 2_000,
    flagged: 500,
  },
  high: {
    busyShare: 0.6,
    batch: 200,
    commands: 500_000,
    namesMs: 300_000,
    nameBytes: 2_147_483_648,
    allNames: 20_000_000,
    sampledNames: 2_000_000,
    values: 20_000,
    flagged: 5_000,
  },
};

export const DEFAULT_AUDIT_LIMITS: AuditLimits = {
  connectMs: 5_000,
  replyMs: 5_000,
  deadlineMs: 120_000,
  maxBytes: 134_217_728,
  paceMs: 0,
  headBytes: 4_096,
  flaggedHeadBytes: 65_536,
  tailBytes: 1_024,
  databases: 1_024,
  touch: false,
  ...IMPACT_LIMITS.normal,
};

/**
 * The limits of an impact. A number is the part of the server's time in percent, 1 to 100: up to 5 with the budgets of
 * `low`, up to 50 with those of `normal`.
 */
export function impactLimits(impact: Impact | number): Partial<AuditLimits> {
  if (typeof impact !== 'number') return withBytes(IMPACT_LIMITS[impact]);
  const busyShare = Math.min(1, Math.max(0.01, impact / 100));
  const budgets = IMPACT_LIMITS[busyShare <= 0.05 ? 'low' : busyShare <= 0.5 ? 'normal' : 'high'];
  return withBytes({ ...budgets, busyShare });
}

/** What a server may send has to hold the names, and as much again for the values. */
function withBytes(limits: ImpactLimits): Partial<AuditLimits> {
  return { ...limits, maxBytes: Math.max(DEFAULT_AUDIT_LIMITS.maxBytes, 2 * limits.nameBytes) };
}

/**
 * The longest usual reply is INFO with the statistics of every command: about 40 kB. But whoever may write to an honest
 * server can give keys, clients and users names of up to 512 MB (its `proto-max-bulk-len`): such a reply is read past,
 * or one long name would end every audit.
 */
export const REPLY_LIMITS: ReplyLimits = {
  maxLine: 65_536,
  maxBulk: 536_870_912,
  keepBulk: 1_048_576,
  keepLess: 8_448,
  maxElements: 100_000,
  maxDepth: 8,
  maxKept: 16_777_216,
};

/** Bytes that the replies of one batch may take in memory together, with what their elements cost. */
export const BATCH_BYTES = 50_331_648;

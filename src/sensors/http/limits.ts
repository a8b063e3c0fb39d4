/** What one sensor gives to visitors at most. */
export interface HttpLimits {
  /** Connections at one time, of all visitors. */
  readonly connections: number;
  /** Addresses that have a session at one time; the one that has been silent longest makes room. */
  readonly sessions: number;
  /** Silence after which a session is over, milliseconds. */
  readonly sessionMs: number;
  /** Requests and faults of one session that are recorded one by one in a minute; the rest is counted. */
  readonly recordedPerMinute: number;
  /** The same in bytes of their heads and of what is kept of their bodies. */
  readonly recordedBytesPerMinute: number;
  /** Bytes of one file that are kept; of a larger one the hash is told and nothing kept. */
  readonly uploadBytes: number;
  /** Files of one session that are kept in a minute. */
  readonly uploadsPerMinute: number;
  /** Files that are on their way in at one time. */
  readonly uploadsAtOnce: number;
  /** Files of one request that are told. */
  readonly filesPerRequest: number;
  /** How often sessions are looked through, milliseconds. */
  readonly settleMs: number;
}

export const DEFAULT_HTTP_LIMITS: HttpLimits = {
  connections: 4_000,
  sessions: 20_000,
  sessionMs: 120_000,
  recordedPerMinute: 20_000,
  recordedBytesPerMinute: 67_108_864,
  uploadBytes: 16_777_216,
  uploadsPerMinute: 300,
  uploadsAtOnce: 64,
  filesPerRequest: 64,
  settleMs: 5_000,
};

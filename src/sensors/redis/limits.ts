/** What one sensor gives to visitors at most; beyond it a visitor waits or goes, and the sensor stands. */
export interface SensorLimits {
  /** Connections at one time; the persona tells it as its `maxclients`. */
  readonly connections: number;
  /** Bytes of replies that a visitor may leave unread before the sensor hangs up (client-output-buffer-limit). */
  readonly unreadBytes: number;
  /** The same for all visitors together: beyond it those go who have left more than a little unread. */
  readonly unreadBytesTotal: number;
  /** Bytes of unfinished requests held for all visitors together: beyond it those go who hold more than a little. */
  readonly heldBytesTotal: number;
  /** Plain commands of one session that are recorded one by one; the rest is counted. */
  readonly plainCommands: number;
  /** How often the counts of a busy session are recorded, milliseconds. */
  readonly burstMs: number;
  /** A visitor who says nothing for so long is let go, milliseconds; Redis itself would wait for ever. */
  readonly idleMs: number;
}

export const DEFAULT_LIMITS: SensorLimits = {
  // The default of redis-server.
  connections: 10_000,
  unreadBytes: 33_554_432,
  unreadBytesTotal: 268_435_456,
  heldBytesTotal: 268_435_456,
  plainCommands: 200,
  burstMs: 1_000,
  idleMs: 3_600_000,
};

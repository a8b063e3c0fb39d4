/** What one sensor gives to visitors at most; beyond it a visitor waits or goes, and the sensor stands. */
export interface SensorLimits {
  /** Connections at one time, whatever the persona's `maxclients` says. */
  readonly connections: number;
  /** Connections at one time from one address. */
  readonly connectionsPerSource: number;
  /** Bytes of replies that a visitor may leave unread before the sensor hangs up (client-output-buffer-limit). */
  readonly unreadBytes: number;
  /** Plain commands of one session that are recorded one by one; the rest is counted. */
  readonly plainCommands: number;
  /** How often the counts of a busy session are recorded, milliseconds. */
  readonly burstMs: number;
  /** A visitor who says nothing for so long is let go, milliseconds; Redis itself would wait for ever. */
  readonly idleMs: number;
}

export const DEFAULT_LIMITS: SensorLimits = {
  connections: 4_000,
  connectionsPerSource: 512,
  unreadBytes: 33_554_432,
  plainCommands: 200,
  burstMs: 1_000,
  idleMs: 3_600_000,
};

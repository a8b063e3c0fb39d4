/** What one SMB sensor gives to visitors at most; beyond it a visitor waits or goes, and the sensor stands. */
export interface SmbLimits {
  /** Connections at one time. */
  readonly connections: number;
  /** Bytes of unfinished messages held for all visitors together: beyond it those go who hold more than a little. */
  readonly heldBytesTotal: number;
  /** Commands of one session that tell nothing by themselves and are recorded; the rest is only counted. */
  readonly plainCommands: number;
  /** A message that has begun has to be whole in this time, milliseconds: against those who drip. */
  readonly messageMs: number;
  /** A visitor who says nothing for so long is let go, milliseconds. Windows waits 15 minutes (autodisconnect). */
  readonly idleMs: number;
  /** How often overdue messages are looked for and floods are told, milliseconds. */
  readonly settleMs: number;
}

export const DEFAULT_SMB_LIMITS: SmbLimits = {
  connections: 4_096,
  heldBytesTotal: 134_217_728,
  plainCommands: 500,
  messageMs: 60_000,
  idleMs: 900_000,
  settleMs: 1_000,
};

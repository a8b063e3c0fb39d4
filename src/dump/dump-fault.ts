/**
 * Bytes that are not what they should be. Thrown by the readers of this folder and caught where they are entered: what is
 * given to the outside is a `Damage`.
 */
export class DumpFault extends Error {}

/** Where reading had to stop. */
export interface Damage {
  /** What was wrong, in plain words; safe to print. */
  readonly message: string;
  /** Offset in the file, in bytes, at which the piece that could not be read was left. */
  readonly offset: number;
  /** The file simply ends: as after a crash while it was written. */
  readonly truncated: boolean;
}

/** The bytes end before the piece that is read does. */
export class DumpEndsEarly extends DumpFault {
  constructor() {
    super('the file ends too soon');
  }
}

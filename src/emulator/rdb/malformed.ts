/**
 * Bytes that are no RDB. Thrown by the readers of this folder alone and caught where they are entered
 * (`restoreValue`, `readRdb`): what is given to the outside is a fault.
 */
export class Malformed extends Error {
  /** As a real server treats it: its own kind of payload, broken, or one that it has no room for. */
  readonly tooLarge: boolean;

  constructor(message: string, tooLarge = false) {
    super(message);
    this.tooLarge = tooLarge;
  }
}

export interface RdbFault {
  readonly kind: 'fault';
  readonly message: string;
  /** The bytes may be right, but hold more than the budget allows. */
  readonly tooLarge: boolean;
}

/** Runs a reader on bytes from outside; whatever they are, a value or a fault comes back. */
export function withoutThrowing<T>(read: () => T): T | RdbFault {
  try {
    return read();
  } catch (error) {
    if (!(error instanceof Malformed)) throw error;
    return { kind: 'fault', message: error.message, tooLarge: error.tooLarge };
  }
}

import { setImmediate as nextTurn } from 'node:timers/promises';

/** Lets others have their turn in a long reading, and says when it is to stop. */
export interface Turns {
  /** @param done bytes of all files so far. A reason to stop, in plain words, or undefined. */
  readonly at: (done: number) => Promise<string | undefined> | undefined;
}

const EVERY_BYTES = 8_388_608;

export function createTurns(
  size: number | undefined,
  maxBytes: number | undefined,
  signal: AbortSignal | undefined,
  progress: ((done: number, size: number | undefined) => void) | undefined,
): Turns {
  let next = EVERY_BYTES;
  const look = async (done: number): Promise<string | undefined> => {
    progress?.(done, size);
    await nextTurn();
    if (signal?.aborted === true) return 'it was stopped';
    return maxBytes !== undefined && done > maxBytes ? 'the budget of bytes is used up' : undefined;
  };
  return {
    // Asked once a key: nearly always there is nothing to do.
    at: (done) => {
      if (done < next) return undefined;
      next = done + EVERY_BYTES;
      return look(done);
    },
  };
}

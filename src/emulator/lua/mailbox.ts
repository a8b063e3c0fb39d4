import type { ByteString } from '../../model/bytes.ts';
import { argumentBytes, argumentsOf } from './engine-codec.ts';

/**
 * Two threads that take turns over shared memory: the server's and the one that runs Lua. Who has the turn may write;
 * a message is a list of byte strings.
 */
export interface Mailbox {
  readonly control: SharedArrayBuffer;
  readonly data: SharedArrayBuffer;
}

export type Side = 'server' | 'machine';

const TURN = 0;
const LENGTH = 1;
/** The longest message, bytes: the Lua machine has no more memory than that. */
export const LONGEST_MESSAGE = 67_108_864;
const FIRST_LENGTH = 65_536;
/** A turn mostly comes back at once: look that often before going to sleep. */
const GLANCES = 400;

const NUMBER: Readonly<Record<Side, number>> = { server: 0, machine: 1 };

export function createMailbox(): Mailbox {
  const control = new SharedArrayBuffer(16);
  new Int32Array(control)[TURN] = NUMBER.machine;
  return {
    control,
    data: new SharedArrayBuffer(FIRST_LENGTH, { maxByteLength: LONGEST_MESSAGE }),
  };
}

/** One side's hands on a mailbox. The machine has the first turn: it says that it is there. */
export interface MailboxSide {
  /** Ends one's own turn with a message; false, and the turn kept, when it is too long. */
  post(words: readonly ByteString[]): boolean;
  /** Waits for the turn; undefined when it has not come in so many milliseconds. */
  wait(ms?: number): ByteString[] | undefined;
  /** Waits without holding the thread up; the promise never fails. */
  turn(): Promise<void>;
}

export function mailboxSide(mailbox: Mailbox, side: Side): MailboxSide {
  const control = new Int32Array(mailbox.control);
  const own = NUMBER[side];
  const other = 1 - own;
  return {
    post: (words) => {
      const bytes = argumentBytes(words);
      if (bytes.length > LONGEST_MESSAGE) return false;
      if (bytes.length > mailbox.data.byteLength) {
        mailbox.data.grow(Math.min(LONGEST_MESSAGE, Math.max(bytes.length, 2 * mailbox.data.byteLength)));
      }
      new Uint8Array(mailbox.data, 0, bytes.length).set(bytes);
      control[LENGTH] = bytes.length;
      Atomics.store(control, TURN, other);
      Atomics.notify(control, TURN);
      return true;
    },
    wait: (ms) => {
      for (let glance = 0; glance < GLANCES; glance++) {
        if (Atomics.load(control, TURN) === own) break;
      }
      while (Atomics.load(control, TURN) !== own) {
        if (Atomics.wait(control, TURN, other, ms) === 'timed-out') return undefined;
      }
      // Shared memory cannot be decoded in place.
      return argumentsOf(new Uint8Array(mailbox.data, 0, control[LENGTH] ?? 0).slice());
    },
    turn: async () => {
      while (Atomics.load(control, TURN) !== own) {
        const waiting = Atomics.waitAsync(control, TURN, other);
        if (waiting.async) await waiting.value;
      }
    },
  };
}

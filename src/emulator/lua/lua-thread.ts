import { Worker } from 'node:worker_threads';
import type { ByteString } from '../../model/bytes.ts';
import type { LuaFlavour, LuaOutcome } from './lua-machine.ts';
import type { MailboxSide } from './mailbox.ts';
import { createMailbox, mailboxSide } from './mailbox.ts';
import type { Task } from './messages.ts';
import { readOutcome, writeTask } from './messages.ts';

/** Answers what a script asks: `command`, its protocol and words; `allowed` and words; `replicate`, `replicating`. */
export type Answer = (words: readonly ByteString[]) => ByteString;

/** Runs scripts in a thread of its own, one at a time, that is ended when one runs on. */
export interface LuaThread {
  /** Starts it, if that has not been done, and does not wait. */
  warm(): void;
  /** Starts it and waits until it is there. False when it does not come: that is tried again, but not waited for. */
  open(): boolean;
  /** Runs a task and waits for it so many milliseconds; undefined when it is not done by then. */
  run(task: Task, answer: Answer, ms: number): LuaOutcome | undefined;
  /** Goes on with the task that was not done; undefined when the thread was ended meanwhile. */
  rest(answer: Answer): Promise<LuaOutcome | undefined>;
  /** Ends the thread, whatever it does; the next task gets a new one. */
  end(): void;
}

/** Of compiled code, strings and the shared buffers on the JavaScript side; Lua's own memory is 64 MiB. */
const LIMITS = { maxOldGenerationSizeMb: 192, maxYoungGenerationSizeMb: 32, stackSizeMb: 4 };
const SHORTEST_WAIT_MS = 1;

export function createLuaThread(flavour: LuaFlavour, now: () => number): LuaThread {
  let worker: Worker | undefined;
  let side: MailboxSide | undefined;
  let ended: (() => void) | undefined;
  /** The thread has said that it is there. */
  let ready = false;
  let startMs = START_MS;

  const start = (): MailboxSide => {
    const mailbox = createMailbox();
    const url = new URL('./worker.ts', import.meta.url);
    // Built, the files end in .js.
    if (import.meta.url.endsWith('.js')) url.pathname = url.pathname.replace(/\.ts$/, '.js');
    worker = new Worker(url, {
      workerData: { mailbox, flavour },
      env: {},
      argv: [],
      execArgv: [],
      stdin: false,
      stdout: true,
      stderr: true,
      resourceLimits: LIMITS,
    });
    worker.unref();
    // Its death shows in time: nothing comes back.
    worker.on('error', () => undefined);
    side = mailboxSide(mailbox, 'server');
    return side;
  };

  const end = (): void => {
    void worker?.terminate();
    worker = undefined;
    side = undefined;
    ready = false;
    ended?.();
  };

  const open = (): boolean => {
    side ??= start();
    if (ready) return true;
    ready = side.wait(startMs) !== undefined;
    startMs = ready ? START_MS : SHORTEST_WAIT_MS;
    if (!ready) end();
    return ready;
  };

  /** A command that fails would leave the script without an answer, and the turn with nobody. */
  const orEnd = (ask: () => ByteString): ByteString => {
    try {
      return ask();
    } catch (error) {
      end();
      throw error;
    }
  };

  return {
    warm: () => {
      side ??= start();
    },
    open,
    run: (task, answer, ms) => {
      if (!open() || side === undefined) return undefined;
      const box = side;
      const until = now() + ms;
      if (!box.post(writeTask(task)))
        return { reply: '-ERR string exceeds maximum allowed size\r\n', functions: [] };
      for (;;) {
        const words = box.wait(Math.max(SHORTEST_WAIT_MS, until - now()));
        if (words === undefined) return undefined;
        if (isOutcome(words)) return readOutcome(words);
        respond(
          box,
          orEnd(() => answer(words)),
        );
        if (now() > until) return undefined;
      }
    },
    rest: async (answer) => {
      const box = side;
      const over = new Promise<void>((resolve) => {
        ended = resolve;
      });
      const gone = (): boolean => box !== side;
      if (box === undefined) return undefined;
      for (;;) {
        await Promise.race([box.turn(), over]);
        if (gone()) break;
        const until = now() + SLICE_MS;
        do {
          const words = box.wait(SHORTEST_WAIT_MS);
          if (words === undefined) break;
          if (isOutcome(words)) return readOutcome(words);
          respond(
            box,
            orEnd(() => answer(words)),
          );
        } while (now() < until);
        // Others have their turn between two slices.
        await new Promise((resolve) => setImmediate(resolve));
        if (gone()) break;
      }
      return undefined;
    },
    end,
  };
}

const START_MS = 1_000;
/** A script that goes on may take the server's thread for its commands for so long at a time. */
const SLICE_MS = 5;

function respond(side: MailboxSide, reply: ByteString): void {
  if (!side.post([reply])) side.post(['-ERR string exceeds maximum allowed size\r\n']);
}

function isOutcome([kind]: readonly ByteString[]): boolean {
  return kind === 'reply' || kind === 'failed' || kind === 'uncompiled';
}

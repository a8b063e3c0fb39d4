import type { ChildProcess } from 'node:child_process';
import { fork } from 'node:child_process';
import { join } from 'node:path';
import { printable } from '../model/printable.ts';
import type { EventStore, StoreStatus } from '../store/event-store.ts';
import type { FromStore, StoreTask, ToStore } from '../store/messages.ts';
import type { Row } from '../store/store-engine.ts';
import { DASHBOARD_LIMITS, StoreError } from '../store/store-engine.ts';

export interface RunningStore extends EventStore {
  close(): Promise<void>;
}

/** Starts again after an end nobody asked for: so many times, each after so many milliseconds more. */
const RESTARTS = 5;
const RESTART_WAIT = 2_000;
const CLOSE_WAIT = 10_000;
/** Questions that wait for an answer; more are refused. */
const MOST_WAITING = 64;

interface Waiting {
  readonly resolve: (rows: readonly Row[]) => void;
  readonly reject: (error: StoreError) => void;
}

/** Runs the store in a process of its own. What goes wrong there is told, and nothing here stops. */
export function startStore(task: StoreTask, tell: (text: string) => void): RunningStore {
  let status: StoreStatus = { open: false, events: 0, caughtUp: false };
  let child: ChildProcess | undefined;
  let closing = false;
  let starts = 0;
  let next = 0;
  const waiting = new Map<number, Waiting>();

  const refuseAll = (why: string): void => {
    for (const { reject } of waiting.values()) reject(new StoreError(why, 'Try again in a moment.'));
    waiting.clear();
  };
  const take = (message: FromStore): void => {
    switch (message.kind) {
      case 'events':
        status = { open: true, events: message.events, caughtUp: message.caughtUp };
        return;
      case 'told':
        tell(message.message);
        return;
      case 'failed': {
        const trouble = `${printable(message.message, 600)} ${message.remedy}`;
        if (status.trouble !== trouble) {
          tell(`sundew: ${printable(message.message, 600)}\n        ${message.remedy}\n`);
        }
        status = { ...status, open: false, trouble };
        return;
      }
      case 'rows':
        waiting.get(message.id)?.resolve(message.rows);
        waiting.delete(message.id);
        return;
      case 'refused':
        waiting.get(message.id)?.reject(new StoreError(message.message, message.remedy));
        waiting.delete(message.id);
    }
  };
  const start = (): void => {
    starts++;
    const made = fork(join(import.meta.dirname, `store-process${extension()}`), [], {
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    child = made;
    made.on('message', (message) => take(message as FromStore));
    made.on('error', () => undefined);
    made.on('exit', (code, signal) => {
      refuseAll('The store has stopped.');
      const before = status.trouble;
      status = { ...status, open: false, caughtUp: false };
      if (closing || before !== undefined) return;
      if (starts > RESTARTS) {
        const trouble = `The store ended ${starts} times (${signal ?? `code ${code}`}) and is left alone now.`;
        status = { ...status, trouble };
        tell(`sundew: ${trouble}\n        Everything else goes on. sundew store rebuild makes it again.\n`);
        return;
      }
      setTimeout(() => {
        if (!closing) start();
      }, RESTART_WAIT * starts).unref();
    });
    made.send({ kind: 'open', task } satisfies ToStore);
  };
  start();
  return {
    status: () => status,
    query: (sql, parameters = {}, limits = DASHBOARD_LIMITS) =>
      new Promise((resolve, reject) => {
        if (child?.connected !== true || waiting.size >= MOST_WAITING) {
          const why = child?.connected === true ? 'Too many questions at once.' : 'The store is not open.';
          reject(new StoreError(status.trouble ?? why, 'Try again in a moment.'));
          return;
        }
        const id = next++;
        waiting.set(id, { resolve, reject });
        child.send({ kind: 'query', id, sql, parameters, limits } satisfies ToStore, (error) => {
          if (error === null) return;
          waiting.delete(id);
          reject(new StoreError('The store is not open.', 'Try again in a moment.'));
        });
      }),
    close: async () => {
      closing = true;
      const leaving = child;
      if (leaving === undefined || leaving.exitCode !== null || leaving.signalCode !== null) return;
      const gone = new Promise<void>((resolve) => leaving.once('exit', () => resolve()));
      if (leaving.connected) leaving.disconnect();
      const timer = setTimeout(() => leaving.kill('SIGKILL'), CLOSE_WAIT);
      await gone;
      clearTimeout(timer);
    },
  };
}

/** The sources run as they are; what is built has another ending. */
function extension(): string {
  return import.meta.filename.endsWith('.ts') ? '.ts' : '.js';
}

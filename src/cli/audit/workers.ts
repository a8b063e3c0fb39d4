import { performance } from 'node:perf_hooks';
import { Worker } from 'node:worker_threads';
import type { CommandLog, LogHead } from '../../audit/scope/log/command-log.ts';
import { LogFailed } from '../../audit/scope/log/command-log.ts';
import type { AskerSettings, Question } from './asker.ts';
import type { ToldReport } from './told-report.ts';
import type { FromWorker, KnowledgeSource, ToWorker, WorkerAnswer, WorkerStart } from './worker-messages.ts';

/** Threads that ask servers beside the main one, which also judges, hands out and writes. */
export interface AuditWorkers {
  readonly ask: (question: Question) => Promise<ToldReport>;
  /** How many the least busy thread has to ask. */
  readonly waiting: () => number;
  /** Of the busiest thread since the last call, 0 to 1. */
  readonly load: () => number;
  /** Once nothing is asked any more. */
  readonly end: () => Promise<void>;
  /** What they do is not wanted any more. */
  readonly terminate: () => Promise<void>;
}

/** A thread ended that should not have. */
export class WorkerDied extends Error {}

export interface AuditWorkersSettings {
  readonly count: number;
  readonly knowledge: KnowledgeSource;
  readonly settings: AskerSettings;
  readonly log: CommandLog | undefined;
  readonly signal: AbortSignal;
}

/** After so many answers the log says again how far a worker's file has come. */
const ANCHOR_EVERY = 2_000;
/** A report lives for a moment, and memory is that of all threads. */
const RESOURCES = { maxYoungGenerationSizeMb: 24, maxOldGenerationSizeMb: 256 };

interface Thread {
  readonly ask: (question: Question) => Promise<ToldReport>;
  readonly post: (message: ToWorker) => void;
  readonly waiting: () => number;
  readonly load: () => number;
  readonly ready: Promise<void>;
  readonly done: Promise<void>;
  readonly terminate: () => Promise<unknown>;
}

/**
 * Starts them and waits until they are there. Each has files of its own in the log, and the log names their beginning
 * before anybody is dialled. The death of one fails all that is asked.
 */
export async function startAuditWorkers(of: AuditWorkersSettings): Promise<AuditWorkers> {
  const { count, signal } = of;
  const threads: Thread[] = [];
  const abort = (): void => threads.forEach(({ post }) => post({ kind: 'abort' }));
  for (let number = 1; number <= count; number++) threads.push(startThread(number, of, abort));
  const terminate = async (): Promise<void> => {
    signal.removeEventListener('abort', abort);
    await Promise.all(threads.map((thread) => thread.terminate()));
  };
  signal.addEventListener('abort', abort, { once: true });
  if (signal.aborted) abort();
  try {
    await Promise.all(threads.map(({ ready }) => ready));
  } catch (error) {
    await terminate();
    throw error;
  }
  let before = performance.eventLoopUtilization();
  const idlest = (): Thread =>
    threads.reduce((least, thread) => (thread.waiting() < least.waiting() ? thread : least));
  return {
    ask: (question) => idlest().ask(question),
    waiting: () => idlest().waiting(),
    load: () => {
      const now = performance.eventLoopUtilization();
      const { utilization } = performance.eventLoopUtilization(now, before);
      before = now;
      return Math.max(utilization, ...threads.map((thread) => thread.load()));
    },
    end: async () => {
      signal.removeEventListener('abort', abort);
      for (const { post } of threads) post({ kind: 'end' });
      await Promise.all(threads.map(({ done }) => done));
    },
    terminate,
  };
}

function startThread(
  number: number,
  { knowledge, settings, log }: AuditWorkersSettings,
  abortOthers: () => void,
): Thread {
  const start: WorkerStart = { knowledge, settings, log: log?.branch(number) };
  const url = new URL('./worker.ts', import.meta.url);
  // Built, the files end in .js.
  if (import.meta.url.endsWith('.js')) url.pathname = url.pathname.replace(/\.ts$/, '.js');
  const worker = new Worker(url, { workerData: start, argv: [], stdin: false, resourceLimits: RESOURCES });
  const asked = new Map<number, PromiseWithResolvers<ToldReport>>();
  const ready = Promise.withResolvers<void>();
  const done = Promise.withResolvers<void>();
  let outbox: (Question & { readonly id: number })[] = [];
  let ids = 0;
  let anchored = '';
  let answered = 0;
  let dead: Error | undefined;
  let over = false;

  const fail = (error: Error): void => {
    dead ??= error;
    ready.reject(dead);
    done.reject(dead);
    for (const { reject } of asked.values()) reject(dead);
    asked.clear();
    abortOthers();
  };
  const anchor = (head: LogHead | undefined, always: boolean): void => {
    if (head === undefined || log === undefined) return;
    if (!always && head.file === anchored && answered < ANCHOR_EVERY) return;
    anchored = head.file;
    answered = 0;
    log.anchor(head);
  };
  const settle = (answer: WorkerAnswer): void => {
    const promise = asked.get(answer.id);
    asked.delete(answer.id);
    answered++;
    if ('told' in answer) promise?.resolve(answer.told);
    else if ('fault' in answer) promise?.reject(new Error(answer.fault));
    else {
      const { path, code } = answer.logFailed;
      promise?.reject(new LogFailed(path, Object.assign(new Error(code), { code })));
    }
  };
  const take = (message: FromWorker): void => {
    switch (message.kind) {
      case 'ready':
        anchor(message.head, true);
        ready.resolve();
        return;
      case 'answers':
        message.answers.forEach(settle);
        anchor(message.head, false);
        return;
      case 'done':
        over = true;
        anchor(message.head, true);
        done.resolve();
    }
  };
  worker.on('message', (message: FromWorker) => {
    try {
      take(message);
    } catch (error) {
      fail(error instanceof Error ? error : new Error(String(error)));
    }
  });
  worker.on('error', (error) => fail(new WorkerDied(reasonOf(error), { cause: error })));
  worker.on('exit', (code) => {
    if (!over) fail(new WorkerDied(`it ended with status ${code}`));
  });
  // Whoever waits for them sees it; nobody has to.
  ready.promise.catch(() => undefined);
  done.promise.catch(() => undefined);

  const post = (message: ToWorker): void => worker.postMessage(message, []);
  const send = (): void => {
    post({ kind: 'ask', questions: outbox });
    outbox = [];
  };
  let before = worker.performance.eventLoopUtilization();
  return {
    ask: (question) => {
      if (dead !== undefined) return Promise.reject(dead);
      const promise = Promise.withResolvers<ToldReport>();
      asked.set(++ids, promise);
      if (outbox.length === 0) setImmediate(send);
      outbox.push({ ...question, id: ids });
      return promise.promise;
    },
    post,
    waiting: () => asked.size,
    load: () => {
      const now = worker.performance.eventLoopUtilization();
      const { utilization } = worker.performance.eventLoopUtilization(now, before);
      before = now;
      return utilization;
    },
    ready: ready.promise,
    done: done.promise,
    terminate: () => {
      over = true;
      return worker.terminate();
    },
  };
}

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  return 'code' in error ? `${error.message} (${String(error.code)})` : error.message;
}

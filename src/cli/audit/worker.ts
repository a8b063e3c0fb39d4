import { parentPort, workerData } from 'node:worker_threads';
import { judgeReport } from '../../analysis/judge-report.ts';
import { LogFailed, openCommandLog } from '../../audit/scope/log/command-log.ts';
import { systemClock } from '../../platform/clock.ts';
import type { Question } from './asker.ts';
import { askServer } from './asker.ts';
import { knowledgeFrom } from './knowledge-source.ts';
import { toldReport } from './told-report.ts';
import type { FromWorker, ToWorker, WorkerAnswer, WorkerStart } from './worker-messages.ts';

/** The thread that asks servers when there are many. Whom, and how deep, was judged before: it asks what it is told to. */
const { knowledge: source, settings, log: branch } = workerData as WorkerStart;
const abort = new AbortController();
const log =
  branch === undefined
    ? undefined
    : openCommandLog(branch.folder, branch.run, systemClock, undefined, branch.began);
const tools = { knowledge: knowledgeFrom(source), log, clock: systemClock, signal: abort.signal };

let answers: WorkerAnswer[] = [];

function post(message: FromWorker): void {
  parentPort?.postMessage(message, []);
}

function flush(): void {
  post({ kind: 'answers', answers, head: log?.head() });
  answers = [];
}

async function answer(question: Question & { readonly id: number }): Promise<void> {
  const { id } = question;
  let result: WorkerAnswer;
  try {
    const report = await askServer(question, settings, tools);
    result = { id, told: toldReport(judgeReport(report, undefined, undefined)) };
  } catch (error) {
    if (error instanceof LogFailed) result = { id, logFailed: { path: error.path, code: error.code } };
    else result = { id, fault: error instanceof Error ? (error.stack ?? error.message) : String(error) };
  }
  // What ends in the same turn goes in one message.
  if (answers.length === 0) setImmediate(flush);
  answers.push(result);
}

function take(message: ToWorker): void {
  switch (message.kind) {
    case 'ask':
      for (const question of message.questions) void answer(question);
      return;
    case 'abort':
      abort.abort();
      return;
    case 'end':
      log?.end();
      post({ kind: 'done', head: log?.head() });
      parentPort?.close();
  }
}

parentPort?.on('message', take);
post({ kind: 'ready', head: log?.head() });

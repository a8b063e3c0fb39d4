import { closeSync, mkdirSync, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import type { ByteString } from '../../../model/bytes.ts';
import type { Clock } from '../../../platform/clock.ts';
import { chained, FIRST_CHAIN } from './chain.ts';
import { loggedCommands } from './command-words.ts';
import { isOfWorker, lastChainOf, logFiles } from './log-files.ts';

/** What a run is, for the first line of its file. */
export interface LoggedRun {
  readonly run: string;
  readonly version: string;
  readonly by: string;
  readonly files: readonly { readonly path: string; readonly sha256: string }[];
  /** Of a worker, that has files of its own. */
  readonly worker?: number;
  /** What a worker's first file hangs on. */
  readonly after?: LogHead;
}

/** A file, and the chain of its last line. */
export interface LogHead {
  readonly file: string;
  readonly chain: string;
}

/** What a worker needs to open its own part of a log, with `openCommandLog`. */
export interface LogBranch {
  readonly folder: string;
  readonly run: LoggedRun;
  /** When the run began, milliseconds since 1970 UTC: its files sort together whenever a worker comes to open its own. */
  readonly began: number;
}

export interface Dial {
  readonly target: string;
  readonly address: string;
  readonly depth: string;
  readonly by?: string | undefined;
}

/** Writes down what is going to be sent. Every call is in the file when it returns, and throws `LogFailed` otherwise. */
export interface CommandLog {
  dial(dial: Dial): void;
  sending(target: string, commands: readonly (readonly ByteString[])[]): void;
  /** The file, and the chain of its last line: to be kept elsewhere. */
  head(): LogHead;
  /** For a worker of this run, counted from 1. */
  branch(worker: number): LogBranch;
  /** How far a worker has come: from then on its file has to hold that. */
  anchor(head: LogHead): void;
  end(): void;
}

/** The log cannot be written, so nothing more may be sent. */
export class LogFailed extends Error {
  readonly path: string;
  readonly code: string;

  constructor(path: string, cause: unknown) {
    const code = cause instanceof Error && 'code' in cause ? String(cause.code) : 'error';
    super(`${path} cannot be written (${code})`, { cause });
    this.path = path;
    this.code = code;
  }
}

const LONGEST_FILE = 67_108_864;

/**
 * Opens a log of its own for one run: `STAMP-RUN-0001.ndjson`, `STAMP-RUN-w1-0001.ndjson` for a worker of it, further
 * files as they fill. One write a line, without
 * waiting for the disk: a killed process loses nothing, a power cut may lose the last seconds.
 *
 * @param longest bytes of one file.
 * @param began what its files are stamped with.
 */
export function openCommandLog(
  folder: string,
  run: LoggedRun,
  clock: Clock,
  longest: number = LONGEST_FILE,
  began: number = clock.now(),
): CommandLog {
  const stamp = new Date(began).toISOString().slice(0, 19).replace(/[-:]/g, '');
  let part = 0;
  let file = '';
  let path = folder;
  let descriptor: number | undefined;
  let chain = FIRST_CHAIN;
  let written = 0;
  let n = 0;

  const guarded = <T>(work: () => T): T => {
    try {
      return work();
    } catch (error) {
      throw new LogFailed(path, error);
    }
  };
  const append = (body: string): void => {
    const next = chained(body, chain);
    const bytes = Buffer.from(next.line);
    guarded(() => {
      // A disk that fills takes a part of a line first; what is left of it is torn, and verify says so.
      for (let at = 0; at < bytes.length; ) at += writeSync(descriptor ?? -1, bytes, at);
    });
    chain = next.chain;
    written += bytes.length;
    n++;
  };
  const open = (): void => {
    const before = newestBefore();
    part++;
    file = `${stamp}-${run.run}${run.worker === undefined ? '' : `-w${run.worker}`}-${String(part).padStart(4, '0')}.ndjson`;
    path = join(folder, file);
    guarded(() => {
      descriptor = openSync(path, 'ax', 0o600);
    });
    chain = FIRST_CHAIN;
    written = 0;
    n = 0;
    append(
      unclosed({
        n,
        time: clock.now(),
        kind: 'run',
        ...run,
        ...(before === undefined ? {} : { after: before }),
      }),
    );
  };
  const newestBefore = (): LogHead | undefined => {
    if (file !== '') return { file, chain };
    if (run.after !== undefined) return run.after;
    const name = guarded(() => logFiles(folder)).findLast((one) => !isOfWorker(one));
    return name === undefined
      ? undefined
      : { file: name, chain: guarded(() => lastChainOf(join(folder, name))) };
  };
  const close = (): void => {
    append(`{"n":${n},"time":${clock.now()},"kind":"end"`);
    if (descriptor !== undefined) closeSync(descriptor);
    descriptor = undefined;
  };
  const add = (body: () => string): void => {
    if (written > longest) {
      close();
      open();
    }
    append(body());
  };

  guarded(() => mkdirSync(folder, { recursive: true, mode: 0o700 }));
  open();
  return {
    dial: (dial) => add(() => unclosed({ n, time: clock.now(), kind: 'dial', ...dial })),
    sending: (target, commands) => {
      const { sent, digest } = loggedCommands(commands);
      add(() => unclosed({ n, time: clock.now(), kind: 'sent', target, sent, digest }));
    },
    head: () => ({ file, chain }),
    branch: (worker) => ({ folder, run: { ...run, worker, after: { file, chain } }, began }),
    anchor: (head) =>
      add(() => unclosed({ n, time: clock.now(), kind: 'part', file: head.file, chainThere: head.chain })),
    end: close,
  };
}

function unclosed(value: object): string {
  return JSON.stringify(value).slice(0, -1);
}

import type { LogBranch, LogHead } from '../../audit/scope/log/command-log.ts';
import type { Indicator } from '../../model/indicator.ts';
import type { AskerSettings, Question } from './asker.ts';
import type { ToldReport } from './told-report.ts';

/** From where a worker takes what it knows: the same files as the main thread, and what that has read already. */
export interface KnowledgeSource {
  /** Folders of the operator's own rules. */
  readonly rules: readonly string[];
  /** Learnt by our sensors, or told by others. */
  readonly indicators: readonly Indicator[];
  /** Vulnerability data of the operator's own. */
  readonly cves: string | undefined;
}

export interface WorkerStart {
  readonly knowledge: KnowledgeSource;
  readonly settings: AskerSettings;
  readonly log: LogBranch | undefined;
}

export type ToWorker =
  | { readonly kind: 'ask'; readonly questions: readonly (Question & { readonly id: number })[] }
  | { readonly kind: 'abort' }
  | { readonly kind: 'end' };

/** How one question ended; a failure is one of ours or of the log, never of the server. */
export type WorkerAnswer = { readonly id: number } & (
  | { readonly told: ToldReport }
  | { readonly logFailed: { readonly path: string; readonly code: string } }
  | { readonly fault: string }
);

export type FromWorker =
  | { readonly kind: 'ready'; readonly head: LogHead | undefined }
  | {
      readonly kind: 'answers';
      readonly answers: readonly WorkerAnswer[];
      readonly head: LogHead | undefined;
    }
  | { readonly kind: 'done'; readonly head: LogHead | undefined };

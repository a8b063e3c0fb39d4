import { useEffect, useState } from 'preact/hooks';
import type { RecordingAnswer, RecordingLine } from '../../../src/serve/answers.ts';
import { AnswerError, fetchAnswer } from './fetch-answer.ts';

export interface LoadedRecording {
  /** Undefined until it is known; null when nothing was kept. */
  readonly about: NonNullable<RecordingAnswer['recording']> | null | undefined;
  readonly lines: readonly RecordingLine[];
  /** All that the dashboard shows of it is here. */
  readonly complete: boolean;
  readonly cut: boolean;
  readonly error: string | undefined;
}

const PAGE = 500;
const NOTHING: LoadedRecording = {
  about: undefined,
  lines: [],
  complete: false,
  cut: false,
  error: undefined,
};

/** Fetches a recording page by page; `attempt` fetches it anew. */
export function useRecording(id: string, attempt: number): LoadedRecording {
  const [state, setState] = useState<LoadedRecording>(NOTHING);
  useEffect(() => {
    const abort = new AbortController();
    const load = async (): Promise<void> => {
      let lines: readonly RecordingLine[] = [];
      for (let more = true; more; ) {
        const path = `api/sessions/${encodeURIComponent(id)}/recording?limit=${PAGE}&offset=${lines.length}`;
        const page = await fetchAnswer<RecordingAnswer>(path, abort.signal);
        lines = [...lines, ...page.lines];
        more = page.more && page.lines.length > 0;
        setState({ about: page.recording ?? null, lines, complete: !more, cut: page.cut, error: undefined });
      }
    };
    setState(NOTHING);
    load().catch((error: unknown) => {
      if (abort.signal.aborted) return;
      const told = error instanceof AnswerError ? error.message : 'The answer could not be read.';
      setState((before) => ({ ...before, error: told }));
    });
    return () => abort.abort();
  }, [id, attempt]);
  return state;
}

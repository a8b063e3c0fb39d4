import { useEffect, useState } from 'preact/hooks';
import { AnswerError, fetchAnswer } from './fetch-answer.ts';
import { pulse } from './pulse.ts';

export interface Answered<T> {
  /** The newest answer; stays while the next one is fetched. */
  readonly data: T | undefined;
  readonly error: string | undefined;
}

/** Answers of a moment ago, so that going back shows something at once. */
const remembered = new Map<string, unknown>();
const MOST_REMEMBERED = 40;

/** An answer of the API, kept fresh while events come in. */
export function useAnswer<T>(path: string): Answered<T> {
  const [answered, setAnswered] = useState<Answered<T> & { readonly path: string }>();

  useEffect(() => {
    const abort = new AbortController();
    let busy = false;
    let again = false;
    const load = async (): Promise<void> => {
      // A slow answer is waited for, not overtaken: otherwise a busy server would never show anything.
      again = busy;
      if (busy) return;
      busy = true;
      try {
        const data = await fetchAnswer<T>(path, abort.signal);
        remember(path, data);
        setAnswered({ path, data, error: undefined });
      } catch (error) {
        if (abort.signal.aborted) return;
        const told = error instanceof AnswerError ? error.message : 'The answer could not be read.';
        setAnswered({ path, data: remembered.get(path) as T | undefined, error: told });
      }
      busy = false;
      if (again) await load();
    };
    const stop = pulse.subscribe(() => void load());
    return () => {
      stop();
      abort.abort();
    };
  }, [path]);

  if (answered?.path === path) return answered;
  return { data: remembered.get(path) as T | undefined, error: undefined };
}

function remember(path: string, data: unknown): void {
  remembered.delete(path);
  remembered.set(path, data);
  for (const oldest of remembered.keys()) {
    if (remembered.size <= MOST_REMEMBERED) break;
    remembered.delete(oldest);
  }
}

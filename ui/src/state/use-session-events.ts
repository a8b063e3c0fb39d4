import { useEffect, useRef, useState } from 'preact/hooks';
import type { EventView, SessionEventsAnswer } from '../../../src/serve/answers.ts';
import { AnswerError, fetchAnswer } from './fetch-answer.ts';
import { pulse } from './pulse.ts';

export interface SessionEvents {
  readonly events: readonly EventView[];
  readonly more: boolean;
  readonly damaged: number;
  readonly loaded: boolean;
  readonly error: string | undefined;
}

const PAGE = 200;
const NOTHING: SessionEvents = { events: [], more: false, damaged: 0, loaded: false, error: undefined };

/** What one session did, from its beginning; grows by pages, and by itself while the session goes on. */
export function useSessionEvents(id: string): SessionEvents & { readonly showMore: () => void } {
  const [state, setState] = useState<SessionEvents>(NOTHING);
  const load = useRef<() => void>(() => undefined);

  useEffect(() => {
    const abort = new AbortController();
    let current = NOTHING;
    let busy = false;
    const set = (next: SessionEvents): void => {
      current = next;
      setState(next);
    };
    const next = async (): Promise<void> => {
      if (busy) return;
      busy = true;
      const offset = current.events.length;
      try {
        const path = `api/sessions/${encodeURIComponent(id)}/events?limit=${PAGE}&offset=${offset}`;
        const page = await fetchAnswer<SessionEventsAnswer>(path, abort.signal);
        set({
          events: [...current.events, ...page.events],
          more: page.more,
          damaged: page.damaged,
          loaded: true,
          error: undefined,
        });
      } catch (error) {
        if (abort.signal.aborted) return;
        const told = error instanceof AnswerError ? error.message : 'The answer could not be read.';
        set({ ...current, loaded: true, error: told });
      }
      busy = false;
    };
    setState(NOTHING);
    load.current = () => void next();
    // Behind a page that has more the reader decides; at the end, new events are shown as they come.
    const stop = pulse.subscribe(() => {
      if (!current.more) void next();
    });
    return () => {
      stop();
      abort.abort();
    };
  }, [id]);

  return { ...state, showMore: () => load.current() };
}

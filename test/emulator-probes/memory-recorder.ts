import type { Act, ActOf, ActType } from '../../src/model/act.ts';
import type { Peer } from '../../src/model/event.ts';
import type { Recorder } from '../../src/model/recorder.ts';

export interface RecordedSession {
  readonly peer: Peer;
  readonly acts: Act[];
}

export interface MemoryRecorder extends Recorder {
  readonly sessions: readonly RecordedSession[];
  /** Acts of one type, of all sessions. */
  acts<T extends ActType>(type: T): ActOf<T>[];
  /** Resolves when `count` sessions have ended. */
  ended(count: number): Promise<void>;
  /** Stops taking events until it is called with false. */
  saturate(full: boolean): void;
}

/** Keeps what a sensor records. */
export function memoryRecorder(): MemoryRecorder {
  const sessions: RecordedSession[] = [];
  let waiting: (() => void)[] = [];
  const watching: (() => void)[] = [];
  let full = false;
  const acts = <T extends ActType>(type: T): ActOf<T>[] =>
    sessions.flatMap((session) => session.acts).filter((act): act is ActOf<T> => act.type === type);
  return {
    sessions,
    acts,
    open: ({ peer }) => {
      const session: RecordedSession = { peer, acts: [] };
      sessions.push(session);
      return {
        session: `s${sessions.length}`,
        emit: (act) => {
          session.acts.push(act);
          if (act.type === 'session.closed') for (const tell of watching.splice(0)) tell();
        },
      };
    },
    get saturated() {
      return full;
    },
    drained: () => new Promise((resolve) => (full ? waiting.push(resolve) : resolve())),
    saturate: (now) => {
      full = now;
      if (now) return;
      for (const resolve of waiting) resolve();
      waiting = [];
    },
    ended: async (count) => {
      while (acts('session.closed').length < count) {
        await new Promise<void>((resolve) => watching.push(resolve));
      }
    },
  };
}

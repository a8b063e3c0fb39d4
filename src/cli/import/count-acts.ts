import type { PastRecorder } from '../../model/recorder.ts';

/** A recorder that passes on to another one, when there is one, and counts what is said, by the type of act. */
export function countingRecorder(to: PastRecorder | undefined): {
  readonly recorder: PastRecorder;
  readonly acts: Map<string, number>;
} {
  const acts = new Map<string, number>();
  const recorder: PastRecorder = {
    openPast: (origin) => {
      const session = to?.openPast(origin);
      return {
        session: session?.session ?? '',
        emit: (act, time) => {
          acts.set(act.type, (acts.get(act.type) ?? 0) + 1);
          session?.emit(act, time);
        },
      };
    },
    get saturated() {
      return to?.saturated ?? false;
    },
    drained: () => to?.drained() ?? Promise.resolve(),
  };
  return { recorder, acts };
}

import type { Recorder } from '../model/recorder.ts';

/** One wait for all visitors, however many ask: undefined while events are taken, else resolves when they are again. */
export function congestionOf(recorder: Recorder): () => Promise<void> | undefined {
  let waiting: Promise<void> | undefined;
  return () => {
    if (waiting === undefined && recorder.saturated) {
      waiting = recorder.drained().finally(() => {
        waiting = undefined;
      });
    }
    return waiting;
  };
}

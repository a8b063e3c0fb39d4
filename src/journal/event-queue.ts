import type { Event } from '../model/event.ts';

/** An event with its line, on its way into the file. */
interface QueuedEvent {
  readonly event: Event;
  readonly text: string;
  readonly time: number;
}

/** What waits to be written. It never refuses; it says when it holds more than it wants to. */
export interface EventQueue {
  add(event: Event, text: string): void;
  /** The oldest, at least one, as many as fit in these bytes. They stay in the queue. */
  head(mostBytes: number): readonly QueuedEvent[];
  /** Takes the oldest out. */
  remove(count: number): void;
  readonly length: number;
  /** From the moment that more than `limit` bytes wait until half of that does. */
  readonly saturated: boolean;
  drained(): Promise<void>;
}

export function createEventQueue(limit: number): EventQueue {
  const waiting: QueuedEvent[] = [];
  let bytes = 0;
  let saturated = false;
  let stopped: (() => void)[] = [];

  return {
    add: (event, text) => {
      waiting.push({ event, text, time: event.time });
      bytes += text.length;
      if (bytes > limit) saturated = true;
    },
    head: (mostBytes) => {
      let taken = 0;
      let count = 0;
      for (const { text } of waiting) {
        taken += text.length;
        if (count > 0 && taken > mostBytes) break;
        count++;
      }
      return waiting.slice(0, count);
    },
    remove: (count) => {
      for (const { text } of waiting.splice(0, count)) bytes -= text.length;
      if (!saturated || bytes > limit / 2) return;
      saturated = false;
      const resume = stopped;
      stopped = [];
      for (const one of resume) one();
    },
    get length() {
      return waiting.length;
    },
    get saturated() {
      return saturated;
    },
    drained: () =>
      saturated
        ? new Promise((resolve) => {
            stopped.push(resolve);
          })
        : Promise.resolve(),
  };
}

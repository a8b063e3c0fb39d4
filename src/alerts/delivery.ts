import type { Clock } from '../platform/clock.ts';
import type { Message } from './message.ts';
import type { Outcome, Send } from './send/outcome.ts';

/** One channel at work. Nothing here ever waits for it but `close`. */
export interface Delivery {
  add(message: Message): void;
  /** Gives what is left so many milliseconds; returns how many messages were not delivered. */
  close(waitMs: number): Promise<number>;
}

export interface DeliveryOptions {
  readonly channel: string;
  readonly send: Send<Message>;
  readonly clock: Clock;
  /** For the operator: once when it stops working, once when it works again. */
  readonly tell: (text: string) => void;
  readonly retryMs?: readonly number[];
}

/** Messages that wait; beyond that the oldest goes. */
const MOST_WAITING = 100;
/** A message is tried again after these times, then it is given up. */
const RETRY_MS = [1_000, 5_000, 30_000, 120_000, 300_000];

/** Sends one message after the other; tries again what may help, and drops the oldest of too many. */
export function createDelivery({ channel, send, tell, retryMs = RETRY_MS }: DeliveryOptions): Delivery {
  const waiting: Message[] = [];
  const stop = new AbortController();
  let working: Promise<void> | undefined;
  let broken = false;
  let lost = 0;
  let wake = (): void => undefined;

  const say = (outcome: Outcome): void => {
    if (outcome.ok) {
      if (broken) tell(`sundew: alerts reach ${channel} again${lost > 0 ? `; ${lost} were lost` : ''}.\n`);
      broken = false;
      lost = 0;
    } else if (!broken) {
      broken = true;
      tell(`sundew: an alert does not reach ${channel}: ${outcome.reason}.\n        ${outcome.remedy}\n`);
    }
  };
  const pause = (ms: number): Promise<void> =>
    new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
    });
  const deliver = async (message: Message): Promise<boolean> => {
    for (let attempt = 0; ; attempt++) {
      const outcome = await send(message, stop.signal);
      if (stop.signal.aborted && !outcome.ok) return false;
      say(outcome);
      if (outcome.ok) return true;
      const wait = retryMs[attempt];
      if (!outcome.retry || wait === undefined) return false;
      await pause(Math.max(wait, outcome.afterMs ?? 0));
      if (stop.signal.aborted) return false;
    }
  };
  const work = async (): Promise<void> => {
    for (let message = waiting[0]; message !== undefined && !stop.signal.aborted; message = waiting[0]) {
      const delivered = await deliver(message);
      // It may have been dropped as the oldest meanwhile.
      if (waiting[0] === message) waiting.shift();
      if (!delivered) lost++;
    }
    working = undefined;
  };
  return {
    add: (message) => {
      if (stop.signal.aborted) return;
      if (waiting.length >= MOST_WAITING) {
        waiting.splice(1, 1);
        lost++;
      }
      waiting.push(message);
      working ??= work();
    },
    close: async (waitMs) => {
      if (working !== undefined) {
        const timer = setTimeout(() => {
          stop.abort();
          wake();
        }, waitMs);
        await working;
        clearTimeout(timer);
      }
      stop.abort();
      return lost + waiting.length;
    },
  };
}

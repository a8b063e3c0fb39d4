/** One open page: what it has not fetched yet waits here, and never more than a little. */
export interface LiveClient {
  readonly stream: ReadableStream<Uint8Array>;
  push(message: Uint8Array): void;
  end(): void;
}

export interface LiveClientLimits {
  readonly messages: number;
  readonly bytes: number;
}

/**
 * A queue that the connection pulls from. A page that does not keep up loses what waits and gets `lagged` instead,
 * as often as that happens; the others do not notice.
 */
export function createLiveClient(
  limits: LiveClientLimits,
  lagged: Uint8Array,
  onGone: () => void,
): LiveClient {
  let queue: Uint8Array[] = [];
  let bytes = 0;
  let wake: (() => void) | undefined;
  let ended = false;

  const stream = new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        if (queue.length === 0 && !ended) {
          await new Promise<void>((resolve) => {
            wake = resolve;
          });
        }
        const message = queue.shift();
        if (message === undefined) return controller.close();
        bytes -= message.length;
        controller.enqueue(message);
      },
      cancel() {
        end();
        onGone();
      },
    },
    { highWaterMark: 0 },
  );
  const end = (): void => {
    ended = true;
    wake?.();
  };

  return {
    stream,
    push(message) {
      if (ended) return;
      if (queue.length >= limits.messages || bytes + message.length > limits.bytes) {
        queue = [lagged];
        bytes = lagged.length;
      } else {
        queue.push(message);
        bytes += message.length;
      }
      wake?.();
      wake = undefined;
    },
    end,
  };
}

import { once } from 'node:events';
import type { Socket } from 'node:net';
import { connect } from 'node:net';
import { inlineArguments } from '../../src/wire/inline-arguments.ts';

/** A connection that a test speaks for itself. */
export interface Line {
  send(bytes: string): void;
  /** Resolves when what came is enough, or the connection is closed. */
  until(enough: (got: string) => boolean): Promise<void>;
  /**
   * Resolves when one whole reply is there, or the connection is closed.
   *
   * @param beyondPushes what RESP3 pushes before it is none.
   */
  replied(beyondPushes?: boolean): Promise<void>;
  request(words: string): Promise<string>;
  /** What came since the last call. */
  take(): string;
  /** Resolves when the server has hung up. */
  gone(): Promise<void>;
  /** Stops sending; still listens. */
  finish(): void;
  /** Stops reading, or reads on. */
  pause(paused: boolean): void;
  end(): void;
  reset(): void;
  readonly closed: boolean;
}

export async function openLine(port: number): Promise<Line> {
  const socket: Socket = connect({ port, host: '127.0.0.1', noDelay: true });
  let got = '';
  let closed = false;
  let said = false;
  let waiting: (() => void)[] = [];
  const changed = (): void => {
    const told = waiting;
    waiting = [];
    for (const tell of told) tell();
  };
  socket
    .on('data', (chunk: Buffer) => {
      got += chunk.toString('latin1');
      changed();
    })
    .on('error', () => undefined)
    .on('end', () => {
      closed = true;
      changed();
    })
    .on('close', () => {
      closed = true;
      changed();
    });
  await once(socket, 'connect');
  const line: Line = {
    send: (bytes) => void socket.write(bytes, 'latin1'),
    until: async (enough) => {
      while (!line.closed && !enough(got)) {
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    replied: (beyondPushes = false) =>
      line.until((text) => {
        const from = beyondPushes ? endOfPushes(text) : 0;
        return from !== undefined && replyEnd(text, from) !== undefined;
      }),
    request: async (words) => {
      line.send(encoded(words));
      await line.replied();
      return line.take();
    },
    take: () => {
      const text = closed && !said ? `${got}<closed>` : got;
      said ||= closed;
      got = '';
      return text;
    },
    gone: () => line.until(() => false),
    finish: () => void socket.end(),
    pause: (paused) => void (paused ? socket.pause() : socket.resume()),
    end: () => void socket.destroy(),
    reset: () => void socket.resetAndDestroy(),
    get closed() {
      return closed;
    },
  };
  return line;
}

/** Where what is no push of RESP3 begins; undefined while a push is not whole. */
function endOfPushes(text: string): number | undefined {
  let at: number | undefined = 0;
  while (at !== undefined && text[at] === '>') at = replyEnd(text, at);
  return at;
}

/** Where the reply that begins at `from` ends; undefined while it is not whole. */
export function replyEnd(text: string, from: number): number | undefined {
  const lineEnd = text.indexOf('\r\n', from);
  if (lineEnd < 0) return undefined;
  const count = Number(text.slice(from + 1, lineEnd));
  const kind = text[from] ?? '';
  if ('$='.includes(kind)) {
    const end = count < 0 ? lineEnd + 2 : lineEnd + 2 + count + 2;
    return end <= text.length ? end : undefined;
  }
  if (!'*~>%'.includes(kind)) return lineEnd + 2;
  let at: number | undefined = lineEnd + 2;
  for (let left = kind === '%' ? 2 * count : count; left > 0 && at !== undefined; left--)
    at = replyEnd(text, at);
  return at;
}

/** Words, split as redis-cli splits them, as an array of bulk strings. */
export function encoded(words: string): string {
  const argv = inlineArguments(words) ?? [];
  return `*${argv.length}\r\n${argv.map((word) => `$${word.length}\r\n${word}\r\n`).join('')}`;
}

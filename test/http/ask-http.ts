import { connect } from 'node:net';

/** One answer on the wire. */
export interface WireAnswer {
  readonly line: string;
  readonly headers: readonly (readonly [string, string])[];
  /** As it came, with its transfer coding. */
  readonly body: string;
}

export interface Conversation {
  readonly text: string;
  /** The server hung up by itself. */
  readonly closed: boolean;
}

/** Sends bytes; returns what came until the server hung up, or said nothing for `quietMs`. */
export async function sayHttp(port: number, bytes: string, quietMs = 250): Promise<Conversation> {
  const socket = connect({ port, host: '127.0.0.1', noDelay: true });
  return new Promise((resolve) => {
    let text = '';
    let timer: NodeJS.Timeout | undefined;
    const done = (closed: boolean): void => {
      clearTimeout(timer);
      socket.destroy();
      resolve({ text, closed });
    };
    const wait = (): void => {
      clearTimeout(timer);
      timer = setTimeout(done, quietMs, false);
    };
    socket
      .on('connect', () => {
        socket.write(bytes, 'latin1');
        wait();
      })
      .on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1');
        wait();
      })
      .on('end', () => done(true))
      .on('error', () => done(true));
  });
}

/** The first answer of a conversation. */
export function firstAnswer(text: string): WireAnswer {
  const end = text.indexOf('\r\n\r\n');
  const [line = '', ...headers] = text.slice(0, end).split('\r\n');
  return {
    line,
    headers: headers.map((header): [string, string] => {
      const colon = header.indexOf(':');
      return [header.slice(0, colon), header.slice(colon + 2)];
    }),
    body: text.slice(end + 4),
  };
}

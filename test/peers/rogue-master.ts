import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';

export const MASTER_ID = 'a1b2c3d4e5'.repeat(4);

export interface RogueMaster {
  readonly port: number;
  /** What each connection said, byte for byte, in the order of the connections. */
  readonly said: readonly string[];
  /** Resolves when the connections together have said something that this finds. */
  hears(found: (said: readonly string[]) => boolean): Promise<void>;
  stop(): Promise<void>;
}

/** What a master sends after PSYNC or SYNC; it may also end the connection. */
export type MasterAnswer = (socket: Socket, command: string) => void;

/** The payload in the place of a first copy, as the known tools send it. */
export function fullResync(payload: Buffer): MasterAnswer {
  return (socket) => {
    socket.write(`+FULLRESYNC ${MASTER_ID} 1\r\n\n$${payload.length}\r\n`);
    socket.write(payload);
  };
}

/** A master that says yes to everything and then does as it is told. */
export function startRogueMaster(answer: MasterAnswer): Promise<RogueMaster> {
  const said: string[] = [];
  const sockets = new Set<Socket>();
  const waiting = new Set<() => void>();
  const server = createServer({ noDelay: true }, (socket) => {
    const index = said.push('') - 1;
    sockets.add(socket);
    socket.on('error', () => undefined).on('close', () => sockets.delete(socket));
    socket.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      said[index] += text;
      for (const command of text.match(/\*\d+\r\n(?:\$\d+\r\n[^\r]*\r\n)+|^SYNC\r\n/g) ?? []) {
        if (/PSYNC|^SYNC/.test(command)) answer(socket, command);
        else if (command.includes('PING')) socket.write('+PONG\r\n');
        else if (!command.includes('\r\nACK\r\n')) socket.write('+OK\r\n');
      }
      for (const check of waiting) check();
    });
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      resolve({
        port: (server.address() as AddressInfo).port,
        said,
        hears: (found) =>
          new Promise((heard) => {
            const check = (): void => {
              if (!found(said)) return;
              waiting.delete(check);
              heard();
            };
            waiting.add(check);
            check();
          }),
        stop: () =>
          new Promise((done) => {
            for (const socket of sockets) socket.destroy();
            server.close(() => done());
          }),
      });
    });
  });
}

import { connect } from 'node:net';

/** The bare machine: a connection, PING and INFO in one write, and the end. */
export function bareVisit(host: string, port: number): Promise<void> {
  return new Promise((resolve) => {
    const socket = connect(port, host);
    let seen = 0;
    socket.on('error', () => resolve());
    socket.on('close', () => resolve());
    socket.write('*1\r\n$4\r\nPING\r\n*1\r\n$4\r\nINFO\r\n');
    socket.on('data', (chunk) => {
      seen += chunk.length;
      // +PONG and a bulk, or two refusals: what is there at the end of a line is all of it.
      if (seen > 40 && chunk.at(-1) === 10) socket.destroy();
    });
  });
}

import type { AddressInfo, Socket } from 'node:net';
import { createServer } from 'node:net';
import { createRequestDecoder } from '../../src/wire/request-decoder.ts';
import { array, bulk, bulks } from '../../src/wire/resp-reply.ts';

/** What a peer answers to a command: bytes, or undefined for silence. It may also write to or end the socket itself. */
export type Answer = (argv: readonly string[], socket: Socket) => string | undefined;

export interface HostileRedis {
  readonly port: number;
  /** Every command that arrived, over all connections. */
  readonly commands: readonly (readonly string[])[];
  /** Every byte that arrived. */
  received(): string;
  stop(): Promise<void>;
}

const LIMITS = { maxArguments: 100_000, maxBulk: 1e8, maxInline: 65_536, unauthenticated: false, keep: 1e7 };

/** A peer that speaks as it is told: by default like a small, healthy Redis 7.4 without keys. */
export function startHostile(
  options: { readonly onConnect?: (socket: Socket) => void; readonly answer?: Answer } = {},
): Promise<HostileRedis> {
  const commands: string[][] = [];
  const sockets = new Set<Socket>();
  let bytes = '';
  const server = createServer({ noDelay: true }, (socket) => {
    const decoder = createRequestDecoder();
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket));
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => {
      const text = chunk.toString('latin1');
      bytes += text;
      decoder.push(text);
      for (let one = decoder.next(LIMITS); one?.kind === 'request'; one = decoder.next(LIMITS)) {
        commands.push([...one.argv]);
        const reply = options.answer?.(one.argv, socket) ?? (options.answer ? undefined : healthy(one.argv));
        if (reply !== undefined && socket.writable) socket.write(reply, 'latin1');
      }
    });
    options.onConnect?.(socket);
  });
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const { port } = server.address() as AddressInfo;
      resolve({
        port,
        commands,
        received: () => bytes,
        stop: () =>
          new Promise((done) => {
            for (const socket of sockets) socket.destroy();
            server.close(() => done());
          }),
      });
    });
  });
}

export const INFO_TEXT = [
  '# Server',
  'redis_version:7.4.11',
  'redis_mode:standalone',
  'os:Linux 6.1.0 x86_64',
  'arch_bits:64',
  'run_id:0123456789abcdef0123456789abcdef01234567',
  'executable:/opt/redis/redis-server',
  'mem_allocator:jemalloc-5.3.0',
  'role:master',
  'cluster_enabled:0',
].join('\r\n');

const SETTINGS: Readonly<Record<string, string>> = {
  bind: '127.0.0.1',
  'protected-mode': 'yes',
  dir: '/var/lib/redis',
  dbfilename: 'dump.rdb',
  maxmemory: '1000000',
  maxclients: '10000',
  'tls-port': '0',
  'maxmemory-clients': '0',
};

/** Answers as a healthy server does. */
export function healthy(argv: readonly string[]): string {
  const [name = '', first = ''] = argv.map((word) => word.toLowerCase());
  switch (name) {
    case 'ping':
      return '+PONG\r\n';
    case 'info':
      return bulk(INFO_TEXT);
    case 'config':
      return bulks(
        argv.slice(2).flatMap((setting) => {
          const value = SETTINGS[setting.toLowerCase()];
          return value === undefined ? [] : [setting.toLowerCase(), value];
        }),
      );
    case 'acl':
      if (first === 'whoami') return bulk('default');
      if (first === 'log') return '*0\r\n';
      return first === 'list' ? bulks(['user default on nopass ~* &* +@all']) : '+OK\r\n';
    case 'client':
      return first === 'list' ? bulk('') : '+OK\r\n';
    case 'module':
    case 'slowlog':
    case 'function':
      return '*0\r\n';
    case 'command':
      return array(argv.slice(2).map((word) => bulks([word, '1'])));
    case 'scan':
      return array([bulk('0'), '*0\r\n']);
    case 'exists':
      return ':0\r\n';
    default:
      return '+OK\r\n';
  }
}

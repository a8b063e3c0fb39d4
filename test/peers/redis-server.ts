import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Redis } from 'ioredis';
import { freePort } from './ports.ts';

export interface RealRedis {
  readonly port: number;
  readonly client: Redis;
  stop(): Promise<void>;
}

/** A real redis-server in a folder of its own on a free loopback port; further settings as `--name value` words. */
export function startRedis(...settings: string[]): Promise<RealRedis> {
  return startServer('redis-server', settings);
}

/** The same with a program of one's own. */
export async function startServer(program: string, settings: readonly string[]): Promise<RealRedis> {
  const port = await freePort();
  const folder = mkdtempSync(join(tmpdir(), 'sundew-redis-'));
  // Empty, but there: CONFIG REWRITE has somewhere to write to.
  const file = join(folder, 'redis.conf');
  writeFileSync(file, '');
  const words = [
    file,
    '--port',
    String(port),
    '--bind',
    '127.0.0.1',
    '--save',
    '',
    '--dir',
    folder,
    ...settings,
  ];
  const server = spawn(program, words, { stdio: 'ignore' });
  const password = settings.includes('--requirepass')
    ? settings[settings.indexOf('--requirepass') + 1]
    : undefined;
  const client = new Redis({
    port,
    host: '127.0.0.1',
    retryStrategy: () => 50,
    maxRetriesPerRequest: 200,
    ...(password === undefined ? {} : { password }),
  });
  client.on('error', () => undefined);
  await client.ping();
  return {
    port,
    client,
    stop: async () => {
      client.disconnect();
      server.kill('SIGKILL');
      if (server.exitCode === null && server.signalCode === null) await once(server, 'exit');
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

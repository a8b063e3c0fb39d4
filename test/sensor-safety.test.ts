import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryData } from './peers/data-folder.ts';
import { redisCli } from './peers/redis-cli.ts';
import { startSensor } from './peers/running-sensor.ts';

const source = join(import.meta.dirname, '..', 'src');

/** What could dial, run a program, write a file, or run code that was sent. */
const REACHES_OUT =
  /\b(createConnection|connect as|net\.connect|tls\.connect|fetch\(|XMLHttpRequest|child_process|worker_threads|node:vm|node:dgram|node:http|node:https|node:tls|node:dns|eval\(|new Function|import\()|from 'node:fs|process\.binding/;

describe('a sensor', () => {
  test.for(['sensors', 'emulator', 'redis', 'wire'])(
    'has nothing in %s that could reach out or run anything',
    (folder) => {
      const files = readdirSync(join(source, folder), { recursive: true, encoding: 'utf8' }).filter(
        (name) => name.endsWith('.ts') && !name.endsWith('.test.ts'),
      );

      const found = files.flatMap((name) => {
        const text = readFileSync(join(source, folder, name), 'utf8').replace(
          /\/\*[\s\S]*?\*\/|\/\/.*$/gm,
          '',
        );
        const match = REACHES_OUT.exec(text)?.[0];
        return match === undefined ? [] : [`${folder}/${name}: ${match}`];
      });

      expect(files.length).toBeGreaterThan(2);
      expect(found).toEqual([]);
    },
  );

  test('dials nobody and writes no file, whatever it is told', async () => {
    const folder = mkdtempSync('/tmp/sundew-lure-');
    let dialled = 0;
    const master = createServer((socket) => {
      dialled++;
      socket.destroy();
    });
    await new Promise<void>((resolve) => master.listen(0, '127.0.0.1', () => resolve()));
    onTestFinished(() => {
      master.close();
      rmSync(folder, { recursive: true, force: true });
    });
    const { port: masterPort } = master.address() as AddressInfo;
    const { running, port } = await startSensor(temporaryData());

    const said = await redisCli(
      port,
      [],
      [
        `config set dir ${folder}`,
        'config set dir /tmp',
        `config set dbfilename lure-${port}.so`,
        'set payload "id > /tmp/lure"',
        'save',
        'bgsave',
        'bgrewriteaof',
        'config rewrite',
        `slaveof 127.0.0.1 ${masterPort}`,
        'info replication',
        'slaveof no one',
        `replicaof localhost ${masterPort}`,
        `module load /tmp/lure-${port}.so`,
        `migrate 127.0.0.1 ${masterPort} payload 0 1000`,
        `system.exec "touch ${folder}/ran"`,
        `eval "os.execute('touch ${folder}/ran')" 0`,
        `eval "local f = io.open('${folder}/ran', 'w') f:write('x') f:close()" 0`,
        'debug segfault',
        'ping',
        '',
      ].join('\n'),
    );

    expect(said.trimEnd().endsWith('PONG')).toBe(true);
    expect(readdirSync(folder)).toEqual([]);
    expect(existsSync(`/tmp/lure-${port}.so`)).toBe(false);
    expect((await running.stop()).code).toBe(0);
    expect(dialled).toBe(0);
  });

  test('takes no edits of a string so long that each would hold up the other visitors', async () => {
    const { port } = await startSensor(temporaryData());
    const part = Buffer.alloc(5_000_000, 'x');

    const first = await redisCli(port, ['-x', 'append', 'long'], part);
    const second = await redisCli(port, ['-x', 'append', 'long'], part);

    expect(first).toBe('5000000\n');
    expect(second).toContain('OOM command not allowed');
    expect(await redisCli(port, ['strlen', 'long'])).toBe('5000000\n');
  });
});

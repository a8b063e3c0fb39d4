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
  /\b(createConnection|connect as|net\.connect|tls\.connect|fetch\(|XMLHttpRequest|child_process|worker_threads|node:vm|node:dgram|node:http|node:https|node:tls|node:dns|eval\(|new Function|import\(|WebAssembly\.Module\()|from 'node:fs(\/promises)?'|process\.binding/g;

/** Who may nevertheless have something of it, and what for. */
const ALLOWED: Readonly<Record<string, readonly string[]>> = {
  // Reads the persona's file.
  'emulator/persona.ts': ["from 'node:fs'"],
  // The interpreter of scripts: a machine of its own without a system, read from its package, in a thread.
  'emulator/lua/lua-thread.ts': ['worker_threads'],
  'emulator/lua/worker.ts': ['worker_threads'],
  'emulator/lua/wasm-host.ts': ["from 'node:fs'", 'WebAssembly.Module('],
  // Makes a function of ours one that the machine can call: its few bytes are constants.
  'emulator/lua/lua-machine.ts': ['WebAssembly.Module('],
  // Listens with TLS.
  'sensors/doors.ts': ['node:tls'],
  // The sensor's world, in the data folder.
  'sensors/redis/world-file.ts': ["from 'node:fs'", "from 'node:fs/promises'"],
};

/** Names that a module takes from the system, by module. */
function imported(text: string, from: string): string[] {
  const lines = text.matchAll(/import (type )?\{([^}]*)\} from '([^']+)';/g);
  return [...lines].flatMap(([, type, names = '', module]) =>
    type !== undefined || module !== from ? [] : names.split(',').map((name) => name.trim()),
  );
}

describe('a sensor', () => {
  test.for(['sensors', 'emulator', 'redis', 'wire'])(
    'has nothing in %s that could reach out or run anything, but what is named here',
    (folder) => {
      const files = readdirSync(join(source, folder), { recursive: true, encoding: 'utf8' }).filter(
        (name) => name.endsWith('.ts') && !/(\.test|\.d)\.ts$/.test(name),
      );

      const found = files.flatMap((name) => {
        const text = readFileSync(join(source, folder, name), 'utf8').replace(
          /\/\*[\s\S]*?\*\/|\/\/.*$/gm,
          '',
        );
        const matches = new Set([...text.matchAll(REACHES_OUT)].map(([match]) => match));
        const file = `${folder}/${name}`;
        return [...matches]
          .filter((match) => ALLOWED[file]?.includes(match) !== true)
          .map((match) => `${file}: ${match}`);
      });

      expect(files.length).toBeGreaterThan(2);
      expect(found).toEqual([]);
    },
  );

  test.for([
    ['emulator/persona.ts', 'node:fs', ['readFileSync']],
    ['emulator/lua/wasm-host.ts', 'node:fs', ['readFileSync']],
    ['emulator/lua/lua-thread.ts', 'node:worker_threads', ['Worker']],
    ['emulator/lua/worker.ts', 'node:worker_threads', ['workerData']],
    ['sensors/doors.ts', 'node:tls', ['createServer as createTlsServer']],
    ['sensors/doors.ts', 'node:net', ['createServer']],
    ['sensors/redis/world-file.ts', 'node:fs', ['createReadStream']],
    ['sensors/redis/world-file.ts', 'node:fs/promises', ['mkdir', 'open', 'rename', 'rm']],
  ] as const)('takes in %s from %s no more than it needs', ([file, module, names]) => {
    const text = readFileSync(join(source, file), 'utf8');

    expect(imported(text, module)).toEqual(names);
  });

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

  test('serves others while a long string is edited again and again', async () => {
    const { port } = await startSensor(temporaryData());
    const part = Buffer.alloc(5_000_000, 'x');
    const edits = Array.from({ length: 2_000 }, (_, at) => `setrange long ${(at * 4_999) % 9_000_000} yyyy`);

    const first = await redisCli(port, ['-x', 'append', 'long'], part);
    const second = await redisCli(port, ['-x', 'append', 'long'], part);
    const order: string[] = [];
    const done = redisCli(port, [], [...edits, ''].join('\n')).then((said) => {
      order.push('edits');
      return said;
    });
    await redisCli(port, ['ping']).then(() => order.push('ping'));

    expect([first, second]).toEqual(['5000000\n', '10000000\n']);
    expect(new Set((await done).trim().split('\n'))).toEqual(new Set(['10000000']));
    expect(order).toEqual(['ping', 'edits']);
  });
});

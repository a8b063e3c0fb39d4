import { describe, expect, onTestFinished, test } from 'vitest';
import { loadPersona } from '../../src/emulator/persona.ts';
import { systemClock } from '../../src/platform/clock.ts';
import { seededRandom } from '../../src/platform/random.ts';
import { listenRedis } from '../../src/sensors/redis/sensor.ts';
import { openLine } from '../emulator-probes/line.ts';
import { memoryRecorder } from '../emulator-probes/memory-recorder.ts';
import { testSensor } from '../emulator-probes/test-sensor.ts';
import { PERSONAS, pretended } from '../peers/talk.ts';

const PARTS = "-ERR Unknown subcommand or wrong number of arguments for 'set'. Try CONFIG HELP.\r\n";

/** Each of these once ended a released sensor. */
const KILLS = [
  ['\r\n\r\n', ''],
  ['\n', ''],
  ['\r\nPING', ''],
  ['CONFIG\r\n', "-ERR wrong number of arguments for 'config' command\r\n"],
  ['config set x\r\n', PARTS],
  ['*1\r\n$6\r\nCONFIG\r\n', "-ERR wrong number of arguments for 'config' command\r\n"],
  ['*3\r\n$6\r\nconfig\r\n$3\r\nset\r\n$1\r\nx\r\n', PARTS],
] as const;

describe('one packet', () => {
  test.for(KILLS)('%j is taken as a real server takes it', async ([packet, reply]) => {
    const { visit } = await testSensor();
    const [line, other] = [await visit(), await visit()];

    line.send(packet);
    line.send('\r\nECHO end\r\n');
    await line.until((got) => got.endsWith('$3\r\nend\r\n'));

    expect(line.take()).toBe(`${reply}${packet.endsWith('PING') ? '+PONG\r\n' : ''}$3\r\nend\r\n`);
    expect(await other.request('PING')).toBe('+PONG\r\n');
  });

  test.for(KILLS)('%j and nothing more leaves the others served', async ([packet]) => {
    const { recorder, visit } = await testSensor();
    const line = await visit();

    line.send(packet);
    line.finish();
    await recorder.ended(1);

    const other = await visit();
    expect(await other.request('PING')).toBe('+PONG\r\n');
  });

  test('of CONFIG SET from 16 connections at once leaves all of them served', async () => {
    const { visit } = await testSensor();
    const lines = await Promise.all(Array.from({ length: 16 }, visit));

    const replies = await Promise.all(
      lines.map((line, at) => line.request(`CONFIG SET maxmemory-samples ${at + 1}`)),
    );

    expect(new Set(replies)).toEqual(new Set(['+OK\r\n']));
  });

  test.for([
    ['arrays in arrays', '*1\r\n'.repeat(50_000)],
    ['arrays in the place of words', `*2\r\n$4\r\nECHO\r\n${'*2\r\n'.repeat(50_000)}`],
  ] as const)('of %s ends its own connection only', async ([, packet]) => {
    const { visit } = await testSensor();
    const [line, other] = [await visit(), await visit()];

    line.send(packet);
    await line.gone();

    expect(line.take()).toMatch(/^-ERR Protocol error: expected '\$', got '\*'\r\n<closed>$/);
    expect(await other.request('PING')).toBe('+PONG\r\n');
  });

  test.for([
    'local t = {} for i = 1, 100000 do t = {t} end return t',
    'return cjson.decode(string.rep("[", 100000))',
    'return cmsgpack.unpack(string.rep("\\\\x91", 100000))',
    'return string.rep("x", 2147483647)',
    'return redis.call("eval", "return 1", 0)',
  ])('with the script %s is answered, and the others too', async (script) => {
    const { visit } = await testSensor();
    const [line, other] = [await visit(), await visit()];

    const reply = await line.request(`EVAL "${script.replaceAll('"', "'")}" 0`);

    expect(reply).not.toBe('');
    expect(await other.request('PING')).toBe('+PONG\r\n');
  });
});

describe('names that every JavaScript object knows', () => {
  test.for(PERSONAS)('are words like others to all commands of %s', (name) => {
    const words = ['__proto__', 'constructor', 'hasOwnProperty', 'toString'];
    const { commands } = loadPersona(name);
    const { connect } = pretended(name);
    const found: string[] = [];

    for (const command of commands.flatMap((one) => [one, ...(one.subcommands ?? [])])) {
      const talk = connect();
      for (const word of words) {
        for (let count = 1; count < 5; count++) {
          const argv = [...command.name.split('|'), ...Array.from({ length: count }, () => word)];
          const reply = talk.run(argv);
          if (/native code|\[object|NaN/.test(reply)) found.push(argv.join(' '));
        }
      }
      talk.leave();
    }

    expect(found).toEqual([]);
  });
});

describe('a fault of the sensor itself', () => {
  test('costs the connection that met it, and is told to the operator without the words of the visitor', async () => {
    const troubles: string[] = [];
    const sensor = await listenRedis({
      host: '127.0.0.1',
      port: 0,
      name: 'test',
      recorder: memoryRecorder(),
      clock: systemClock,
      random: seededRandom(7),
      dialler: {
        follow: () => {
          throw new TypeError('secret words');
        },
      },
      onTrouble: (message) => troubles.push(message),
    });
    onTestFinished(() => sensor.close());
    const [line, other] = [await openLine(sensor.port), await openLine(sensor.port)];

    line.send('SLAVEOF 192.0.2.1 6379\r\n');
    await line.gone();

    expect(await other.request('PING')).toBe('+PONG\r\n');
    expect(troubles).toEqual([expect.stringContaining('please report a fault at emulator/')]);
    expect(troubles.join()).not.toContain('secret');
    other.end();
  });
});

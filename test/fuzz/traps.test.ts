import { describe, expect, test } from 'vitest';
import { encoded } from '../emulator-probes/line.ts';
import { testSensor } from '../emulator-probes/test-sensor.ts';

const numbers = (count: number, word: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => word(at)).join(' ');
const MEMBERS = 40_000;
/** What fills the keys that the traps name again and again. */
const LARGE = [
  `SADD set ${numbers(MEMBERS, (at) => `m${at}`)}`,
  `SADD other ${numbers(MEMBERS, (at) => `o${at}`)}`,
  `ZADD zset ${numbers(MEMBERS, (at) => `${at} m${at}`)}`,
  `RPUSH list ${numbers(MEMBERS, (at) => String((at * 7_919) % MEMBERS))}`,
  `SETRANGE bits 3999999 x`,
  `SETRANGE more 3999999 y`,
  `PFADD log ${numbers(MEMBERS, (at) => String(at))}`,
];

describe('a product of two numbers that a visitor chooses', () => {
  test.for([
    ['ZUNIONSTORE', `ZUNIONSTORE to 400 ${'zset '.repeat(400)}`],
    ['ZINTERSTORE', `ZINTERSTORE to 400 ${'zset '.repeat(400)}`],
    ['SORT', `SORT list ${'GET key:* '.repeat(400)}`],
  ] as const)('ends the connection of who asked %s for it', async ([, request]) => {
    const { visit } = await testSensor();
    const [line, other] = [await visit(), await visit()];
    for (const large of LARGE) await line.request(large);

    line.send(encoded(request));
    await line.gone();

    expect(line.take()).toBe('<closed>');
    expect(await other.request('PING')).toBe('+PONG\r\n');
  });

  test.for([
    ['SUNIONSTORE', `SUNIONSTORE to ${'set '.repeat(4_000)}`],
    ['SINTERSTORE', `SINTERSTORE to ${'set '.repeat(4_000)}`],
    ['SDIFFSTORE', `SDIFFSTORE to set ${'other '.repeat(4_000)}`],
    ['BITOP', `BITOP XOR to ${'bits more '.repeat(1_001)}`],
    ['BITOP', `BITOP AND to ${'bits '.repeat(4_000)}`],
    ['PFMERGE', `PFMERGE to ${'log '.repeat(1_000)}`],
    ['PFCOUNT', `PFCOUNT ${'log '.repeat(1_000)}`],
    ['MSET', `MSET ${numbers(50_000, (at) => `k${at} v`)}`],
    ['DEL', `DEL ${numbers(50_000, (at) => `k${at}`)}`],
    ['EXISTS', `EXISTS ${'set '.repeat(100_000)}`],
    ['SRANDMEMBER', `SRANDMEMBER set -9223372036854775807`],
    ['CONFIG', `CONFIG GET ${'*a'.repeat(10_000)}`],
    ['KEYS', `KEYS ${'*a'.repeat(10_000)}`],
    ['SCAN', `SCAN 0 COUNT 9223372036854775807 MATCH ${'*a'.repeat(10_000)}`],
    ['ACL', `ACL SETUSER u ${numbers(30_000, (at) => `~k${at}`)}`],
    ['DEBUG', `DEBUG DIGEST-VALUE ${'zset '.repeat(900)}`],
    ['LINSERT', `LINSERT list BEFORE nowhere x`],
    ['LREM', `LREM list 0 nowhere`],
    ['STRALGO', `STRALGO LCS KEYS bits more`],
  ] as const)('is answered to %s and leaves the others served', async ([, request]) => {
    const { visit } = await testSensor();
    const [line, other] = [await visit(), await visit()];
    for (const large of LARGE) await line.request(large);

    const reply = await line.request(request);

    expect(reply).toMatch(/^[-+:*$]/);
    expect(await other.request('PING')).toBe('+PONG\r\n');
  });
});

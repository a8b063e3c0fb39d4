import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { encoded } from './emulator-probes/line.ts';
import { testSensor } from './emulator-probes/test-sensor.ts';

const TLS_HELLO = '\x16\x03\x01\x00\xa5\x01\x00\x00\xa1\x03\x03';

describe('bytes that are not the protocol', () => {
  test.for([
    ['http', 'GET /admin HTTP/1.1\r\nHost: example.invalid\r\n\r\n'],
    ['http', 'POST /x HTTP/1.1\r\n'],
    ['http', 'Host: example.invalid\r\n'],
    ['tls', TLS_HELLO],
    ['ssh', 'SSH-2.0-Go\r\n'],
    ['smb', '\x00\x00\x00\x85\xffSMBr\x00\x00\x00\x00'],
    ['rdp', '\x03\x00\x00\x13\x0e\xe0\x00\x00\x00\x00\x00\x01\x00\x08\x00\x03\x00\x00\x00'],
    ['unknown', '\x8f\x00\xff\x01\x02'],
    ['redis', '*1\r\n$4\r\nPI'],
    ['redis', '*1\r\n$abc\r\n'],
  ] as const)('are told as %s with their first bytes: %j', async ([looksLike, bytes]) => {
    const { recorder, visit } = await testSensor();
    const line = await visit();

    line.send(bytes);
    line.finish();
    await recorder.ended(1);

    expect(recorder.acts('wire.fault')).toMatchObject([{ looksLike, sample: bytes.slice(0, 256) }]);
  });

  test('are shown at the place where requests end and nonsense begins', async () => {
    const { recorder, visit } = await testSensor();
    const line = await visit();
    await line.request('PING');

    line.send('*1\r\n!nonsense\r\n');
    await line.gone();

    expect(line.take()).toBe("-ERR Protocol error: expected '$', got '!'\r\n<closed>");
    expect(recorder.acts('wire.fault')).toMatchObject([
      { fault: "expected '$', got '!'", sample: '*1\r\n!nonsense\r\n' },
    ]);
  });

  test('are not told of a visitor who says nothing, or speaks Redis', async () => {
    const { recorder, visit } = await testSensor();
    const [silent, speaking] = [await visit(), await visit()];
    await speaking.request('GET /admin');

    silent.end();
    speaking.end();
    await recorder.ended(2);

    expect(recorder.acts('wire.fault')).toEqual([]);
  });

  test('never keep the sensor from serving others', async () => {
    const { recorder, visit } = await testSensor({ connections: 4 });
    const steady = await visit();
    const piece = fc.oneof(
      fc.string({ unit: 'binary-ascii', maxLength: 60 }),
      fc.constantFrom('*2\r\n', '$3\r\nGET\r\n', '\r\n', '*-1\r\n', 'MULTI\r\n', 'EXEC\r\n', '"', '\0'),
      fc.constantFrom(
        'EVAL',
        'CONFIG',
        'CLIENT',
        'DEBUG',
        'OBJECT',
        'MODULE',
        'ACL',
        'SCRIPT',
        'ZADD',
        'BITCOUNT',
      ),
    );
    let visits = 0;

    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 12 }), async (pieces) => {
        const line = await visit();
        visits++;
        for (const bytes of pieces) line.send(bytes);
        line.finish();
        await line.gone();
        line.end();
        await recorder.ended(visits);
        expect(await steady.request('PING')).toBe('+PONG\r\n');
      }),
      { numRuns: 95 },
    );
  });
});

describe('a visitor who asks for too much', () => {
  test('waits with a long pipeline while others are served', async () => {
    const { visit } = await testSensor();
    const [greedy, other] = [await visit(), await visit()];
    const order: string[] = [];

    greedy.send('INCR n\r\n'.repeat(60_000));
    const done = greedy.until((got) => got.endsWith(':60000\r\n')).then(() => order.push('greedy'));
    const served = other.request('PING').then(() => order.push('other'));
    await Promise.all([done, served]);

    expect(order).toEqual(['other', 'greedy']);
  });

  test('gets 10,000 replies to 10,000 requests in order', async () => {
    const { visit } = await testSensor();
    const line = await visit();
    const numbers = Array.from({ length: 10_000 }, (_, at) => at);

    line.send(numbers.map((number) => encoded(`ECHO ${number}`)).join(''));
    await line.until((got) => got.endsWith('9999\r\n'));

    expect(line.take()).toBe(numbers.map((number) => `$${String(number).length}\r\n${number}\r\n`).join(''));
  });

  test('is hung up on when messages are left unread', async () => {
    const { recorder, visit } = await testSensor({ unreadBytes: 2_000_000 });
    const [line, other] = [await visit(), await visit()];
    await line.request('SUBSCRIBE news');

    line.pause(true);
    for (let sent = 0; sent < 60; sent++) await other.request(`PUBLISH news ${'x'.repeat(500_000)}`);
    await recorder.ended(1);

    expect(recorder.acts('session.closed')).toMatchObject([{ reason: 'limit' }]);
  });

  test('is not read from while replies are left unread, and served when they are read', async () => {
    const { recorder, visit } = await testSensor();
    const line = await visit();
    await line.request(`SET big ${'x'.repeat(500_000)}`);

    line.pause(true);
    line.send('GET big\r\n'.repeat(200));
    const other = await visit();
    for (let round = 0; round < 100; round++) await other.request('PING');
    const early = recorder.acts('redis.command').filter(({ name }) => name === 'get').length;
    line.pause(false);
    await line.until((got) => got.length === 200 * (500_000 + 11));

    expect(early).toBeLessThan(100);
  });

  test('costs little by promising 512 MB', async () => {
    const { visit } = await testSensor();
    const [promising, other] = [await visit(), await visit()];

    promising.send('*3\r\n$3\r\nSET\r\n$1\r\nk\r\n$536870912\r\n');
    const before = process.memoryUsage().rss;
    for (let sent = 0; sent < 64; sent++) promising.send('y'.repeat(1_048_576));
    for (let round = 0; round < 200; round++) await other.request('PING');

    expect(process.memoryUsage().rss - before).toBeLessThan(200_000_000);
    expect(await other.request('EXISTS k')).toBe(':0\r\n');
  });

  test('is hung up on when all unfinished requests together are too much', async () => {
    const { recorder, visit } = await testSensor({ heldBytesTotal: 1_000_000 });
    const lines = await Promise.all(Array.from({ length: 4 }, visit));

    for (const line of lines) line.send(`*2\r\n$4\r\nECHO\r\n$900000\r\n${'z'.repeat(800_000)}`);
    await recorder.ended(3);

    const reasons = recorder.acts('session.closed').map(({ reason }) => reason);
    expect(reasons).toEqual(['limit', 'limit', 'limit']);
  });

  test.for([
    ['MGET of one value, again and again', `MGET ${'big '.repeat(400)}`],
    ['HMGET of one value, again and again', `HMGET hash ${'f '.repeat(400)}`],
  ] as const)('is hung up on after %s', async ([, request]) => {
    const { recorder, visit } = await testSensor();
    const line = await visit();
    await line.request(`SET big ${'x'.repeat(1_000_000)}`);
    await line.request(`HSET hash f ${'x'.repeat(1_000_000)}`);

    line.send(encoded(request));
    await recorder.ended(1);

    const again = await visit();
    expect(await again.request('PING')).toBe('+PONG\r\n');
  });

  test('is hung up on when a transaction would answer gigabytes', async () => {
    const { recorder, visit } = await testSensor();
    const line = await visit();
    await line.request(`SET big ${'x'.repeat(1_000_000)}`);

    line.send(`MULTI\r\n${'GET big\r\n'.repeat(1_000)}EXEC\r\n`);
    await recorder.ended(1);

    const again = await visit();
    expect(await again.request('PING')).toBe('+PONG\r\n');
  });

  test('gets an error line for a command name of a megabyte, and for arguments without end', async () => {
    const { recorder, visit } = await testSensor();
    const line = await visit();

    const long = await line.request('N'.repeat(1_000_000));
    line.send(`*300000\r\n${'$1\r\nx\r\n'.repeat(300_000)}`);
    await line.replied();

    expect(long.length).toBe(1_000_053);
    expect(line.take()).toMatch(/^-ERR unknown command `x`/);
    expect(recorder.acts('redis.command').every(({ name }) => name.length <= 128)).toBe(true);
  });
});

describe('many visitors', () => {
  test('are served 1,000 at a time', async () => {
    const { recorder, visit } = await testSensor();
    const lines = await Promise.all(Array.from({ length: 1_000 }, visit));

    const replies = await Promise.all(lines.map((line) => line.request('PING')));

    expect(new Set(replies)).toEqual(new Set(['+PONG\r\n']));
    for (const line of lines) line.end();
    await recorder.ended(100);
  });

  test('are told as one when they come in a flood and tell nothing', async () => {
    const { recorder, visit } = await testSensor({ burstMs: 20 });
    const lines = await Promise.all(Array.from({ length: 150 }, visit));
    await Promise.all(lines.map((line) => line.request('PING')));

    const last = await visit();
    await last.request('SET k v');
    for (const line of [...lines, last]) line.end();
    await recorder.ended(101);
    const flooded = (count: 'connections' | 'commands'): number =>
      recorder.acts('session.flood').reduce((total, act) => total + act[count], 0);
    await vi.waitFor(() => expect(flooded('commands')).toBe(50));

    expect(flooded('connections')).toBeGreaterThanOrEqual(50);
    expect(flooded('connections')).toBeLessThanOrEqual(51);
    expect(recorder.acts('session.opened')).toHaveLength(101);
    expect(recorder.acts('redis.value')).toHaveLength(1);
  });

  test('are refused when there is no room', async () => {
    const { recorder, visit } = await testSensor({ connections: 3 });
    const lines = await Promise.all(Array.from({ length: 3 }, visit));
    await Promise.all(lines.map((line) => line.request('PING')));

    const fourth = await visit();
    await fourth.gone();

    expect(fourth.take()).toBe('-ERR max number of clients reached\r\n<closed>');
    await recorder.ended(1);
    lines[0]?.end();
    await recorder.ended(2);
    const fifth = await visit();
    expect(await fifth.request('PING')).toBe('+PONG\r\n');
  });

  test('are as many as maxclients says, also when a visitor sets it for its own network', async () => {
    const { visit } = await testSensor({ connections: 5 });
    const line = await visit();

    const told = await line.request('CONFIG GET maxclients');
    await line.request('CONFIG SET maxclients 1');
    const other = await visit();
    await other.gone();

    expect(told).toBe('*2\r\n$10\r\nmaxclients\r\n$1\r\n5\r\n');
    expect(other.take()).toBe('-ERR max number of clients reached\r\n<closed>');
    await line.request('CONFIG SET maxclients 5');
    expect(await (await visit()).request('PING')).toBe('+PONG\r\n');
  });
});

describe('what would stop a real server', () => {
  test.for([
    'SHUTDOWN NOSAVE',
    'DEBUG SEGFAULT',
    'DEBUG RESTART',
    'CLIENT KILL TYPE normal SKIPME no',
    'CONFIG SET client-query-buffer-limit 1',
    'CONFIG SET proto-max-bulk-len 1mb',
    'CONFIG SET timeout 1',
    'CONFIG SET maxmemory 1',
    'DEBUG SLEEP 100000',
    'CLIENT PAUSE 100000000',
    'SLAVEOF 192.0.2.1 6379',
  ])('leaves the sensor answering: %s', async (request) => {
    const { visit } = await testSensor();
    const line = await visit();
    line.send(`${request}\r\n`);

    // Whoever came before the request was read shares its fate.
    let other = await visit();
    while ((await other.request('PING')) === '<closed>') other = await visit();

    expect(await other.request('GET k')).toBe('$-1\r\n');
  });
});

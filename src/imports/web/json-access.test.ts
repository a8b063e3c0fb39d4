import { describe, expect, test } from 'vitest';
import { bytesFromText } from '../../model/bytes.ts';
import { createJsonAccessParser } from './json-access.ts';

const parse = createJsonAccessParser();
const line = (record: unknown): string => bytesFromText(JSON.stringify(record));
const AT = Date.UTC(2024, 2, 1, 4, 5, 6);

describe('a JSON line of a web server', () => {
  test('of nginx is told by the names of its variables', () => {
    const record = {
      time_iso8601: '2024-03-01T05:05:06+01:00',
      remote_addr: '198.51.100.7',
      remote_port: '5555',
      request: 'GET /caf\u00e9?x=1 HTTP/1.1',
      request_method: 'GET',
      status: '404',
      body_bytes_sent: '153',
      request_length: '80',
      http_host: 'example.org',
      http_user_agent: 'curl/8',
      http_x_api_key: 'k',
      http_referer: '-',
      http_x_forwarded_for: '203.0.113.9',
      request_body: 'a=b',
    };

    expect(parse(line(record))).toEqual({
      time: AT,
      peer: { address: '198.51.100.7', port: 5_555 },
      forwarded: '203.0.113.9',
      act: {
        type: 'http.request',
        method: 'GET',
        target: '/caf\u00c3\u00a9?x=1',
        version: '1.1',
        headers: [
          ['Host', 'example.org'],
          ['User-Agent', 'curl/8'],
          ['X-Forwarded-For', '203.0.113.9'],
          ['X-Api-Key', 'k'],
        ],
        body: 'a=b',
        status: 404,
        lacks: ['headers'],
      },
      received: 80,
      sent: 153,
    });
  });

  test('of Caddy has all headers, and its peer is who connected', () => {
    const record = {
      level: 'info',
      ts: AT / 1_000 + 0.25,
      request: {
        remote_ip: '192.0.2.1',
        remote_port: '4711',
        client_ip: '203.0.113.1',
        proto: 'HTTP/2.0',
        method: 'POST',
        host: 'example.org',
        uri: '/x?y',
        headers: { Accept: ['*/*', 'b'], 'X-Forwarded-For': ['203.0.113.1'] },
      },
      bytes_read: 12,
      size: 10,
      status: 200,
    };

    expect(parse(line(record))).toMatchObject({
      time: AT + 250,
      peer: { address: '192.0.2.1', port: 4_711 },
      forwarded: '203.0.113.1',
      act: {
        method: 'POST',
        target: '/x?y',
        version: '2.0',
        headers: [
          ['Host', 'example.org'],
          ['Accept', '*/*'],
          ['Accept', 'b'],
          ['X-Forwarded-For', '203.0.113.1'],
        ],
        lacks: ['body'],
      },
      received: 12,
      sent: 10,
    });
  });

  test('of Traefik', () => {
    const record = {
      ClientAddr: '[2001:db8::7]:55000',
      ClientHost: '203.0.113.1',
      RequestAddr: 'example.org',
      RequestMethod: 'GET',
      RequestPath: '/.env?x=1',
      RequestProtocol: 'HTTP/1.1',
      DownstreamStatus: 404,
      DownstreamContentSize: 19,
      StartUTC: '2024-03-01T04:05:06.123456789Z',
      'request_User-Agent': 'Go',
    };

    expect(parse(line(record))).toMatchObject({
      time: AT + 123,
      peer: { address: '2001:db8::7', port: 55_000 },
      act: {
        target: '/.env?x=1',
        status: 404,
        headers: [
          ['Host', 'example.org'],
          ['User-Agent', 'Go'],
        ],
      },
    });
  });

  test.for([
    [
      'nested',
      { url: { path: '/p', query: 'q=1' }, source: { ip: '192.0.2.9', port: 5 } },
      '/p?q=1',
      undefined,
    ],
    ['with dots', { 'url.original': '/p?q', 'source.ip': '192.0.2.9', 'source.port': 5 }, '/p?q', undefined],
    ['without a query', { url: { path: '/p' }, source: { ip: '192.0.2.9', port: 5 } }, '/p', 'query'],
  ] as const)('in the Elastic Common Schema, %s', ([, part, target, lacking]) => {
    const record = {
      '@timestamp': '2024-03-01T04:05:06Z',
      http: { request: { method: 'GET' }, response: { status_code: 200 }, version: '1.1' },
      user_agent: { original: 'a' },
      ...part,
    };

    expect(parse(line(record))).toMatchObject({
      time: AT,
      peer: { address: '192.0.2.9', port: 5 },
      act: {
        target,
        version: '1.1',
        headers: [['User-Agent', 'a']],
        lacks: ['headers', 'body', ...(lacking === undefined ? [] : [lacking])],
      },
    });
  });

  const plain = '"remote_addr":"192.0.2.1","status":200,"time_local":"01/Mar/2024:04:05:06 +0000"';

  test('that nginx wrote without escape=json has its bytes', () => {
    const text = `{${plain},"request":"GET /\\x22\\xE9\\x5Cn HTTP/1.1"}`;

    expect(parse(text)).toMatchObject({ time: AT, act: { target: '/"\u00e9\\n' } });
  });

  test('that is no UTF-8 has its bytes', () => {
    expect(parse(`{${plain},"request":"GET /\u00ff\u00e9 HTTP/1.1"}`)).toMatchObject({
      act: { target: '/\u00ff\u00e9' },
    });
  });

  test('does not take how long it took for when it was', () => {
    const text = `{${plain},"time":0.003,"request":"GET / HTTP/1.1"}`;

    expect(parse(text)).toMatchObject({ time: AT });
  });

  test.for([
    ['{', 'it is not a JSON object'],
    ['[1]', 'it is not a JSON object'],
    ['{"request":"GET / HTTP/1.1","status":200}', 'it names no address'],
    ['{"request":"GET / HTTP/1.1","remote_addr":"192.0.2.1"}', 'its status is no number'],
    ['{"request_method":"GET","remote_addr":"example.org","status":200}', 'it names no address'],
  ] as const)('is broken: %s', ([text, why]) => {
    expect(parse(text)).toBe(why);
  });

  test.for(['', '[', ' ]', '{"level":"info","msg":"serving"}', `{${plain},"request":"-"}`])(
    'tells of nothing done: %j',
    (text) => {
      expect(parse(text)).toBeUndefined();
    },
  );
});

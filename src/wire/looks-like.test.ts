import { describe, expect, test } from 'vitest';
import { looksLike } from './looks-like.ts';

describe('first bytes look like', () => {
  test.for([
    ['http', 'GET /index.html HTTP/1.1\r\n'],
    ['http', 'CONNECT example.invalid:443 HTTP/1.1\r\n'],
    ['http', 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'],
    ['http', 'Host: example.invalid\r\n'],
    ['tls', '\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03'],
    ['tls', '\x80\x2e\x01\x00\x02\x00\x15'],
    ['ssh', 'SSH-2.0-Go\r\n'],
    ['smb', '\x00\x00\x00\x85\xffSMB\x72\x00'],
    ['smb', '\x00\x00\x00\xc4\xfeSMB\x40\x00'],
    ['rdp', '\x03\x00\x00\x13\x0e\xe0\x00\x00\x00'],
    ['redis', '*1\r\n$4\r\ninfo\r\n'],
    ['redis', '$4\r\nPING\r\n'],
    ['unknown', 'GET /key\r\n'],
    ['unknown', 'PING\r\n'],
    ['unknown', '* bullet'],
    ['unknown', '\x00\x00\x00\x00'],
    ['unknown', ''],
  ] as const)('%s: %j', ([expected, bytes]) => {
    expect(looksLike(bytes)).toBe(expected);
  });
});

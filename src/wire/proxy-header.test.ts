import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readProxyHeader } from './proxy-header.ts';

const SIGNATURE = '\r\n\r\n\0\r\nQUIT\n';
const binary = (...bytes: number[]): string => SIGNATURE + String.fromCharCode(...bytes);
const V4 = [198, 51, 100, 7, 192, 0, 2, 1, 0x30, 0x39, 0x18, 0xeb];

describe('the head of a proxied connection', () => {
  test('names source and target in version 1', () => {
    const header = readProxyHeader('PROXY TCP4 198.51.100.7 192.0.2.1 12345 6379\r\nPING\r\n');

    expect(header).toEqual({
      kind: 'header',
      length: 46,
      source: { address: '198.51.100.7', port: 12_345 },
      target: { address: '192.0.2.1', port: 6_379 },
    });
    expect(readProxyHeader('PROXY TCP6 2001:db8::7 2001:db8::1 1 2\r\n')).toMatchObject({
      source: { address: '2001:db8::7', port: 1 },
    });
  });

  test('names them in version 2, and may carry more', () => {
    const header = readProxyHeader(binary(0x21, 0x11, 0, 15, ...V4, 4, 0, 0));

    expect(header).toMatchObject({ length: 31, source: { address: '198.51.100.7', port: 12_345 } });
    const v6 = [0x20, 1, 0x0d, 0xb8, ...Array<number>(11).fill(0), 7];
    const ports = [0, 1, 0, 2];
    expect(readProxyHeader(binary(0x21, 0x21, 0, 36, ...v6, ...v6, ...ports))).toMatchObject({
      source: { address: '2001:db8::7', port: 1 },
    });
  });

  test('names nobody when the balancer speaks for itself', () => {
    expect(readProxyHeader('PROXY UNKNOWN\r\n')).toEqual({
      kind: 'header',
      length: 15,
      source: undefined,
      target: undefined,
    });
    expect(readProxyHeader(binary(0x20, 0, 0, 0))).toMatchObject({
      kind: 'header',
      length: 16,
      source: undefined,
    });
  });

  test.for([
    'GET / HTTP/1.1\r\n',
    '*1\r\n$4\r\nPING\r\n',
    'PROXY TCP4 1.2.3 192.0.2.1 1 2\r\n',
    'PROXY TCP4 198.51.100.7 192.0.2.1 1 65536\r\n',
    'PROXY TCP4 2001:db8::7 192.0.2.1 1 2\r\n',
    `PROXY TCP4 ${' '.repeat(120)}`,
    binary(0x11, 0x11, 0, 12, ...V4),
    binary(0x21, 0x12, 0, 12, ...V4),
    binary(0x21, 0x11, 0xff, 0xff),
    binary(0x21, 0x11, 0, 4, 1, 2, 3, 4),
  ])('is refused when it is %j', (bytes) => {
    expect(readProxyHeader(bytes).kind).toBe('fault');
  });

  test('is read the same however it is cut, and never throws', () => {
    const heads = ['PROXY TCP4 198.51.100.7 192.0.2.1 12345 6379\r\n', binary(0x21, 0x11, 0, 12, ...V4)];
    for (const head of heads) {
      for (let at = 0; at < head.length; at++) expect(readProxyHeader(head.slice(0, at)).kind).toBe('more');
      expect(readProxyHeader(head).kind).toBe('header');
    }
    fc.assert(
      fc.property(
        fc.constantFrom('', 'PROXY ', 'PROXY TCP4 ', SIGNATURE),
        fc.string({ unit: 'binary-ascii' }),
        (head, rest) => {
          expect(['more', 'header', 'fault']).toContain(readProxyHeader(head + rest).kind);
        },
      ),
    );
  });
});

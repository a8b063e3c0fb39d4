import { describe, expect, test } from 'vitest';
import { addressOf } from './log-address.ts';
import { createTrustedProxies, sourceOf } from './trusted-proxies.ts';

const isTrusted = createTrustedProxies(['10.0.0.0/8', '2001:db8:1::/48', '192.0.2.1']);
const source = (peer: string, forwarded: string | undefined): string =>
  sourceOf({ address: peer, port: 5 }, forwarded, isTrusted, addressOf).address;

describe('whoever is behind a trusted proxy', () => {
  test.for([
    ['10.0.0.1', '198.51.100.7', '198.51.100.7'],
    ['10.0.0.1', '203.0.113.1, 198.51.100.7', '198.51.100.7'],
    ['10.0.0.1', '203.0.113.1, 198.51.100.7,10.2.3.4 , 192.0.2.1', '198.51.100.7'],
    ['10.0.0.1', '203.0.113.1:4711', '203.0.113.1'],
    ['2001:db8:1::5', '[2001:db8:2::1]:80, 2001:db8:1::9', '2001:db8:2::1'],
    ['10.0.0.1', '10.0.0.2', '10.0.0.2'],
    ['10.0.0.1', '198.51.100.7, unknown, 10.0.0.2', '10.0.0.2'],
    ['10.0.0.1', '198.51.100.7, unknown', '10.0.0.1'],
    ['10.0.0.1', '-', '10.0.0.1'],
    ['10.0.0.1', undefined, '10.0.0.1'],
    ['198.51.100.9', '203.0.113.1', '198.51.100.9'],
    ['192.0.2.2', '203.0.113.1', '192.0.2.2'],
  ] as const)('of %s with %j is %s', ([peer, forwarded, address]) => {
    expect(source(peer, forwarded)).toBe(address);
  });

  test('is looked for in the end of a very long list', () => {
    expect(source('10.0.0.1', `${'10.1.1.1, '.repeat(1_000_000)}198.51.100.7, 10.0.0.3`)).toBe(
      '198.51.100.7',
    );
  });

  test.for(['10.0.0.0/33', '::/129', 'proxy', '', '10.0.0.0/', '10.0.0/8', '1.2.3.4/8/9'])(
    'is asked of no such range as %j',
    (range) => {
      expect(() => createTrustedProxies([range])).toThrow(RangeError);
    },
  );
});

import { BlockList } from 'node:net';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addressText, parseAddress } from './address.ts';
import { cidrText, contains, covers, halves, parseCidr } from './cidr.ts';

describe('an address', () => {
  test('is the same after it was written and read', () => {
    fc.assert(
      fc.property(fc.oneof(fc.ipV4(), fc.ipV6()), (text) => {
        const address = parseAddress(text);

        expect(address && parseAddress(addressText(address))).toEqual(address);
      }),
    );
  });

  test.for(['::ffff:192.0.2.7', '::ffff:c000:207', '192.0.2.7'])('%s is the IPv4 address', (text) => {
    expect(parseAddress(text)).toEqual({ family: 4, value: 0xc000_0207n });
  });

  test.for(['', '192.0.2', '192.0.2.07', '192.0.2.256', 'fe80::1%eth0', '0x7f.1', 'host'])(
    '%j is none',
    (text) => {
      expect(parseAddress(text)).toBeUndefined();
    },
  );
});

describe('a block', () => {
  test('holds the addresses that the block list of Node holds', () => {
    fc.assert(
      fc.property(fc.ipV4(), fc.ipV4(), fc.integer({ min: 1, max: 32 }), (one, other, bits) => {
        const list = new BlockList();
        list.addSubnet(one, bits, 'ipv4');
        const [base, address] = [parseAddress(one), parseAddress(other)];
        const rest = BigInt(32 - bits);
        const block = { family: 4 as const, base: ((base?.value ?? 0n) >> rest) << rest, bits };

        expect(address && contains(block, address)).toBe(list.check(other));
      }),
    );
  });

  test('is two halves, and nothing else', () => {
    const block = parseCidr('192.0.2.0/24');
    if (block === undefined || 'fault' in block) throw new Error('no block');

    const [low, high] = halves(block);

    expect([low, high].map(cidrText)).toEqual(['192.0.2.0/25', '192.0.2.128/25']);
    expect(covers(block, high)).toBe(true);
    expect(covers(high, block)).toBe(false);
    expect(covers(low, high)).toBe(false);
  });

  test.for([
    ['192.0.2.5/24', '192.0.2.0/24'],
    ['2001:db8::1/32', '2001:db8::/32'],
    ['192.0.2.0/33', 'no length'],
    ['192.0.2.0/', 'no length'],
  ] as const)('%s is refused, with %s', ([text, why]) => {
    expect(parseCidr(text)).toMatchObject({ fault: expect.stringContaining(why) as unknown });
  });
});

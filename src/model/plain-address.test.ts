import { expect, test } from 'vitest';
import { plainAddress } from './plain-address.ts';

test.for([
  ['192.0.2.1', '192.0.2.1'],
  ['::ffff:192.0.2.1', '192.0.2.1'],
  ['::FFFF:192.0.2.1', '192.0.2.1'],
  ['2001:db8::1', '2001:db8::1'],
  ['fe80::1%eth0', 'fe80::1'],
  ['::1', '::1'],
  ['', ''],
] as const)('the address %s is written %s', ([address, expected]) => {
  expect(plainAddress(address)).toBe(expected);
});

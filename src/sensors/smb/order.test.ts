import { expect, test } from 'vitest';
import { orderIn } from './order.ts';

test.for([
  // What nmap sends.
  [10_803_622, 'ping'],
  [0x001a_8925, 'exec'],
  [0x77, 'kill'],
  [0xffff_ffff, 'unknown'],
  [0, 'unknown'],
] as const)('the timeout %i says %s', ([timeout, order]) => {
  expect(orderIn(timeout)).toBe(order);
});

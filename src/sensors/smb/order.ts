import type { ActOf } from '../../model/act.ts';

/** The byte sum of the timeout, modulo 256, is the order to the DoublePulsar implant. */
const ORDERS = new Map<number, 'ping' | 'exec' | 'kill'>([
  [0x23, 'ping'],
  [0xc8, 'exec'],
  [0x77, 'kill'],
]);

/** What a Trans2 SESSION_SETUP, which no client sends, says to an implant that is not there. */
export function orderIn(timeout: number): NonNullable<ActOf<'smb.command'>['order']> {
  let sum = 0;
  for (let rest = timeout; rest > 0; rest = Math.floor(rest / 0x100)) sum += rest % 0x100;
  return ORDERS.get(sum % 0x100) ?? 'unknown';
}

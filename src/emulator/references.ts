import type { Call } from './command.ts';
import { isInteger } from './integer-form.ts';
import type { Value } from './value.ts';
import { isValkey } from './version.ts';

/** Numbers below are kept once for all keys that have them. */
const SHARED_INTEGERS = 10_000;
const SHARED = 2_147_483_647;

export function isShared(call: Call, value: Value): boolean {
  if (isValkey(call) || value.type !== 'string' || value.text.length > 4 || !isInteger(value.text))
    return false;
  return Number(value.text) >= 0 && Number(value.text) < SHARED_INTEGERS;
}

/** What OBJECT REFCOUNT and DEBUG OBJECT tell. */
export function references(call: Call, value: Value): number {
  return isShared(call, value) ? SHARED : 1;
}

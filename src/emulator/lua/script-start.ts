import type { ByteString } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import { argument, fail, integerArgument } from '../command.ts';
import { isFull, isReadOnly } from '../refusal.ts';
import type { ScriptFlags } from './shebang.ts';

/** Keys and arguments of a call: the count is argument 2. */
export function scriptWords(
  call: Call,
  notNumber?: string,
): { keys: readonly ByteString[]; args: readonly ByteString[] } {
  const count = integerArgument(argument(call, 2), notNumber);
  if (count > call.argv.length - 3) fail("ERR Number of keys can't be greater than number of args");
  if (count < 0) fail("ERR Number of keys can't be negative");
  return { keys: call.argv.slice(3, 3 + count), args: call.argv.slice(3 + count) };
}

/** Why a script that says what it is (a shebang, a function's flags) may not run now. */
export function refuseDeclared(call: Call, flags: ScriptFlags, readOnly: boolean): void {
  const { world } = call;
  if (!flags.noWrites) {
    if (readOnly) fail('ERR Can not execute a script with write flag using *_ro command.');
    if (world.master !== undefined && isReadOnly(world)) {
      fail('READONLY Can not run script with write flag on readonly replica.');
    }
  }
  if (!flags.allowOom && isFull(world)) {
    fail("OOM allow-oom flag is not set on the script, can not run it when used memory > 'maxmemory'");
  }
}

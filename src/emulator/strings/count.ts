import type { ByteString } from '../../model/bytes.ts';
import { bulk, integer } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, exactInteger, fail, LEAST, MOST, NOT_FLOAT } from '../command.ts';
import { since } from '../version.ts';
import { longDoubleOf, longDoubleText, sumOf } from './long-double.ts';
import { store, storeChanged, stringOf } from './store.ts';

export function add(call: Call, amount: bigint): ByteString {
  const key = argument(call, 1);
  const sum = exactInteger(stringOf(call, key)?.text ?? '0') + amount;
  if (sum > MOST || sum < LEAST) fail('ERR increment or decrement would overflow');
  store(call, key, String(sum), 'incrby', call.db.expires(key));
  return integer(sum);
}

export function subtract(call: Call): ByteString {
  const amount = exactInteger(argument(call, 2));
  // The least number has no counterpart; 6.0 lets it be its own.
  if (amount === LEAST && since(call, 6.2)) fail('ERR decrement would overflow');
  return add(call, BigInt.asIntN(64, -amount));
}

export function addFloat(call: Call): ByteString {
  const key = argument(call, 1);
  const old = longDoubleOf(stringOf(call, key)?.text ?? '0') ?? fail(NOT_FLOAT);
  const amount = longDoubleOf(argument(call, 2)) ?? fail(NOT_FLOAT);
  const sum = old === 'infinite' || amount === 'infinite' ? undefined : sumOf(old, amount);
  if (sum === undefined) fail('ERR increment would produce NaN or Infinity');
  const text = longDoubleText(sum);
  storeChanged(call, key, { type: 'string', text, digits: true }, 'incrbyfloat');
  return bulk(text);
}

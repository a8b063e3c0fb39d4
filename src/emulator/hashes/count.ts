import type { ByteString } from '../../model/bytes.ts';
import { bulk, integer } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, exactInteger, fail, LEAST, MOST, NOT_FLOAT, touched } from '../command.ts';
import { threshold } from '../encoding.ts';
import { notify } from '../notify.ts';
import { longDoubleOf, longDoubleText, sumOf } from '../strings/long-double.ts';
import { since } from '../version.ts';
import { changeHash, hashOf, putField } from './hash-store.ts';

/** Writes a sum into the field at argument 2, which keeps its time. */
function write(call: Call, sum: ByteString, event: string): void {
  const [key, field] = [argument(call, 1), argument(call, 2)];
  changeHash(call, key, (hash) => {
    // 6.0 does not look at the length of a name that only a sum brings.
    const longest = threshold(call, 'hash-max-listpack-value');
    if (since(call, 6.2) && (field.length > longest || sum.length > longest)) hash.form = 'table';
    return putField(call, hash, field, sum, true);
  });
  touched(call, key);
  notify(call, 'h', event, key);
}

const present = (call: Call): ByteString =>
  hashOf(call, argument(call, 1))?.fields.get(argument(call, 2)) ?? '0';

/** 6.0 makes the hash before it looks at the sum, and leaves it. */
function leaveEmpty(call: Call): void {
  const key = argument(call, 1);
  if (hashOf(call, key) === undefined) call.db.set(key, { type: 'hash', fields: new Map() });
}

const INFINITE = /^[+-]?inf(inity)?$/i;
const NO_NUMBER = 'ERR increment would produce NaN or Infinity';

export const hashCounts: Family = {
  hincrby: (call) => {
    const amount = exactInteger(argument(call, 3));
    const sum = exactInteger(present(call), 'ERR hash value is not an integer') + amount;
    if (sum > MOST || sum < LEAST) fail('ERR increment or decrement would overflow');
    write(call, String(sum), 'hincrby');
    return integer(sum);
  },
  hincrbyfloat: (call) => {
    const text = argument(call, 3);
    const infinite = INFINITE.test(text);
    if (infinite && since(call, 7)) fail('ERR value is NaN or Infinity');
    const amount = longDoubleOf(text) ?? fail(NOT_FLOAT);
    const old = longDoubleOf(present(call)) ?? fail('ERR hash value is not a float');
    const sum = old === 'infinite' || amount === 'infinite' ? undefined : sumOf(old, amount);
    if (sum === undefined) {
      if (old !== 'infinite') leaveEmpty(call);
      fail(NO_NUMBER);
    }
    const written = longDoubleText(sum);
    write(call, written, 'hincrbyfloat');
    return bulk(written);
  },
};

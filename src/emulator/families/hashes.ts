import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { bulk, bulks, integer, map, OK } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import {
  argument,
  exactInteger,
  fail,
  LEAST,
  MOST,
  NOT_FLOAT,
  nil,
  no,
  touched,
  valueOf,
  yes,
} from '../command.ts';
import { decimalOf, decimalText } from '../decimal.ts';
import { boundedArray } from '../reply-bound.ts';
import { scanPage } from '../scan-page.ts';
import { memberBytes } from '../value.ts';

function fieldsOf(call: Call): Map<ByteString, ByteString> {
  return valueOf(call, argument(call, 1), 'hash')?.fields ?? new Map<ByteString, ByteString>();
}

/** Writes pairs; returns how many fields are new. */
function write(call: Call, pairs: readonly ByteString[]): number {
  const key = argument(call, 1);
  const hash = valueOf(call, key, 'hash');
  const fields = hash?.fields ?? new Map<ByteString, ByteString>();
  const before = fields.size;
  let grown = 0;
  for (let at = 0; at < pairs.length; at += 2) {
    const [field, value] = [ownedBytes(pairs[at] ?? ''), ownedBytes(pairs[at + 1] ?? '')];
    const old = fields.get(field);
    grown += old === undefined ? memberBytes([field, value]) : value.length - old.length;
    fields.set(field, value);
  }
  if (hash === undefined) call.db.set(key, { type: 'hash', fields });
  else call.db.changed(key, grown);
  touched(call, key, pairs.length / 2);
  return fields.size - before;
}

function pairsOf(call: Call, name: string): readonly ByteString[] {
  const pairs = call.argv.slice(2);
  if (pairs.length % 2 === 1) fail(`ERR wrong number of arguments for '${name}' command`);
  return pairs;
}

export const hashes: Family = {
  hset: (call) => integer(write(call, pairsOf(call, 'hset'))),
  hmset: (call) => {
    write(call, pairsOf(call, 'hmset'));
    return OK;
  },
  hsetnx: (call) => {
    if (fieldsOf(call).has(argument(call, 2))) return no;
    write(call, call.argv.slice(2));
    return yes;
  },
  hget: (call) => {
    const value = fieldsOf(call).get(argument(call, 2));
    return value === undefined ? nil(call) : bulk(value);
  },
  hmget: (call) => {
    const fields = fieldsOf(call);
    return boundedArray(call.argv.slice(2), (field) => {
      const value = fields.get(field);
      return value === undefined ? nil(call) : bulk(value);
    });
  },
  hgetall: (call) => map([...fieldsOf(call)].flat().map(bulk), call.client.resp),
  hkeys: (call) => bulks([...fieldsOf(call).keys()]),
  hvals: (call) => bulks([...fieldsOf(call).values()]),
  hlen: (call) => integer(fieldsOf(call).size),
  hexists: (call) => (fieldsOf(call).has(argument(call, 2)) ? yes : no),
  hstrlen: (call) => integer(fieldsOf(call).get(argument(call, 2))?.length ?? 0),
  hdel: (call) => {
    const fields = fieldsOf(call);
    let count = 0;
    let grown = 0;
    for (const field of call.argv.slice(2)) {
      const value = fields.get(field);
      if (value === undefined) continue;
      fields.delete(field);
      grown -= memberBytes([field, value]);
      count++;
    }
    if (count > 0) {
      call.db.changed(argument(call, 1), grown);
      touched(call, argument(call, 1), count);
    }
    return integer(count);
  },
  hincrby: (call) => {
    const amount = exactInteger(argument(call, 3));
    const old = fieldsOf(call).get(argument(call, 2)) ?? '0';
    const sum = exactInteger(old, 'ERR hash value is not an integer') + amount;
    if (sum > MOST || sum < LEAST) fail('ERR increment or decrement would overflow');
    write(call, [argument(call, 2), String(sum)]);
    return integer(sum);
  },
  hincrbyfloat: (call) => {
    const amount = decimalOf(argument(call, 3));
    if (amount === undefined) fail(NOT_FLOAT);
    const old = decimalOf(fieldsOf(call).get(argument(call, 2)) ?? '0');
    if (old === undefined) fail('ERR hash value is not a float');
    const sum = decimalText(old + amount);
    write(call, [argument(call, 2), sum]);
    return bulk(sum);
  },
  hscan: (call) => scanPage(call, fieldsOf(call), valueOf(call, argument(call, 1), 'hash')),
};

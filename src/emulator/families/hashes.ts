import { ownedBytes } from '../../model/bytes.ts';
import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, bulks, integer, map, OK } from '../../wire/resp-reply.ts';
import { argument, fail, integerArgument, nil, no, touched, valueOf, yes } from '../command.ts';
import type { Call, Family } from '../command.ts';
import { itemBytes } from '../keyspace.ts';
import { scanPage } from '../scan-page.ts';

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
    grown += old === undefined ? itemBytes([field, value]) : value.length - old.length;
    fields.set(field, value);
  }
  if (hash === undefined) call.db.set(key, { type: 'hash', fields });
  else call.db.changed(key, grown);
  touched(call, key, pairs.length / 2);
  return fields.size - before;
}

function pairsOf(call: Call): readonly ByteString[] {
  const pairs = call.argv.slice(2);
  if (pairs.length % 2 === 1) fail(`ERR wrong number of arguments for ${argument(call, 0).toUpperCase()}`);
  return pairs;
}

export const hashes: Family = {
  hset: (call) => integer(write(call, pairsOf(call))),
  hmset: (call) => {
    write(call, pairsOf(call));
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
    return array(
      call.argv.slice(2).map((field) => {
        const value = fields.get(field);
        return value === undefined ? nil(call) : bulk(value);
      }),
    );
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
      grown -= itemBytes([field, value]);
      count++;
    }
    if (count > 0) {
      call.db.changed(argument(call, 1), grown);
      touched(call, argument(call, 1), count);
    }
    return integer(count);
  },
  hincrby: (call) => {
    const old = fieldsOf(call).get(argument(call, 2)) ?? '0';
    const amount = integerArgument(argument(call, 3));
    const sum = BigInt(integerArgument(old, 'ERR hash value is not an integer')) + BigInt(amount);
    write(call, [argument(call, 2), String(sum)]);
    return integer(sum);
  },
  hscan: (call) => scanPage(call, [...fieldsOf(call)].map(([field, value]) => [field, value])),
};

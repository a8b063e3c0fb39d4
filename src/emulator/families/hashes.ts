import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, integer, map, OK } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, nil, no, touched, yes } from '../command.ts';
import { hashForm } from '../encoding.ts';
import { hashCounts } from '../hashes/count.ts';
import {
  changeHash,
  dropFields,
  expectFields,
  fieldsInOrder,
  hashOf,
  putField,
} from '../hashes/hash-store.ts';
import { randomFields } from '../hashes/random-fields.ts';
import { notify } from '../notify.ts';
import { boundedArray } from '../reply-bound.ts';
import { scanPage } from '../scan-page.ts';
import { since } from '../version.ts';

const NOTHING: ReadonlyMap<ByteString, ByteString> = new Map();

function fieldsOf(call: Call): ReadonlyMap<ByteString, ByteString> {
  return hashOf(call, argument(call, 1))?.fields ?? NOTHING;
}

/** Writes pairs; returns how many fields are new. */
function write(call: Call, pairs: readonly ByteString[]): number {
  const key = argument(call, 1);
  let fresh = 0;
  changeHash(call, key, (hash) => {
    const before = hash.fields.size;
    let grown = 0;
    expectFields(call, hash, pairs);
    for (let at = 0; at < pairs.length; at += 2) {
      grown += putField(call, hash, pairs[at] ?? '', pairs[at + 1] ?? '');
    }
    fresh = hash.fields.size - before;
    return grown;
  });
  touched(call, key, pairs.length / 2);
  notify(call, 'h', 'hset', key);
  return fresh;
}

function pairsOf(call: Call, name: string): readonly ByteString[] {
  const pairs = call.argv.slice(2);
  if (pairs.length % 2 === 1) fail(`ERR wrong number of arguments for '${name}' command`);
  return pairs;
}

type Cell = 'names' | 'values' | 'both';

/** All fields, encoded, in the order that the form gives them. */
function listed(call: Call, cells: Cell): ByteString[] {
  const hash = hashOf(call, argument(call, 1));
  if (hash === undefined) return [];
  const found: ByteString[] = [];
  for (const name of fieldsInOrder(call, hash)) {
    if (cells !== 'values') found.push(bulk(name));
    if (cells !== 'names') found.push(bulk(hash.fields.get(name) ?? ''));
  }
  return found;
}

export const hashes: Family = {
  ...hashCounts,
  hset: (call) => integer(write(call, pairsOf(call, 'hset'))),
  hmset: (call) => {
    write(call, pairsOf(call, 'hmset'));
    return OK;
  },
  hsetnx: (call) => {
    const hash = hashOf(call, argument(call, 1));
    // In 6.0 what is too long changes the form even when it is not written then.
    if (hash !== undefined && !since(call, 6.2)) expectFields(call, hash, call.argv.slice(2));
    if (hash?.fields.has(argument(call, 2)) === true) return no;
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
  hgetall: (call) => map(listed(call, 'both'), call.client.resp),
  hkeys: (call) => array(listed(call, 'names')),
  hvals: (call) => array(listed(call, 'values')),
  hlen: (call) => integer(fieldsOf(call).size),
  hexists: (call) => (fieldsOf(call).has(argument(call, 2)) ? yes : no),
  hstrlen: (call) => integer(fieldsOf(call).get(argument(call, 2))?.length ?? 0),
  hdel: (call) => integer(dropFields(call, argument(call, 1), call.argv.slice(2))),
  hrandfield: randomFields,
  hscan: (call) =>
    scanPage(call, () => {
      const hash = hashOf(call, argument(call, 1));
      if (hash === undefined) return undefined;
      const { fields } = hash;
      return {
        whole: hashForm(call, hash) === 'table' ? undefined : [...fields.keys()],
        table: fields,
        cells: (name, noValues) => {
          const value = fields.get(name);
          return value === undefined ? undefined : noValues ? [name] : [name, value];
        },
      };
    }),
};

import type { ByteString } from '../../model/bytes.ts';
import { array, bulk } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, nil, no, touched, yes } from '../command.ts';
import { fieldTimes, persistField, wasPersisted, wasTimed } from '../hashes/field-times.ts';
import type { HashValue } from '../hashes/hash-store.ts';
import {
  changeHash,
  dropFields,
  expectFields,
  hashOf,
  putField,
  setFieldTime,
} from '../hashes/hash-store.ts';
import { BAD_COUNT, fieldCount, fieldTime, namedFields, TIME_WORDS } from '../hashes/timed-arguments.ts';
import { notify } from '../notify.ts';

function valuesOf(call: Call, hash: HashValue | undefined, fields: readonly ByteString[]): ByteString {
  return array(
    fields.map((field) => {
      const value = hash?.fields.get(field);
      return value === undefined ? nil(call) : bulk(value);
    }),
  );
}

function getAndDelete(call: Call): ByteString {
  const key = argument(call, 1);
  const hash = hashOf(call, key);
  const fields = namedFields(call, 2, BAD_COUNT);
  const taken = new Set<ByteString>();
  const reply = array(
    fields.map((field) => {
      const value = taken.has(field) ? undefined : hash?.fields.get(field);
      taken.add(field);
      return value === undefined ? nil(call) : bulk(value);
    }),
  );
  dropFields(call, key, fields);
  return reply;
}

function getAndExpire(call: Call): ByteString {
  const key = argument(call, 1);
  const hash = hashOf(call, key);
  const word = argument(call, 2).toLowerCase();
  const meant = TIME_WORDS.get(word);
  const at = meant === undefined ? undefined : fieldTime(call, argument(call, 3), meant);
  const persists = word === 'persist';
  const fields = namedFields(call, at !== undefined ? 4 : persists ? 3 : 2, BAD_COUNT);
  const reply = valuesOf(call, hash, fields);
  if (hash === undefined) return reply;
  const there = fields.filter((field) => hash.fields.has(field));
  if (persists) wasPersisted(call, key, there.filter((field) => persistField(call, hash, field)).length);
  if (at !== undefined && there.length > 0) giveTime(call, key, there, at);
  return reply;
}

/** Gives fields that are there a time; one in the past deletes them. */
function giveTime(call: Call, key: ByteString, fields: readonly ByteString[], at: number): void {
  if (at <= call.now) {
    dropFields(call, key, fields);
    return;
  }
  const hash = hashOf(call, key);
  if (hash === undefined) return;
  for (const field of fields) setFieldTime(call, hash, field, at);
  wasTimed(call, key, at, fields.length);
}

interface SetOptions {
  condition: 'fnx' | 'fxx' | undefined;
  keepTime: boolean;
  at: number | undefined;
  pairs: readonly ByteString[];
}

function setOptions(call: Call): SetOptions {
  const options: SetOptions = { condition: undefined, keepTime: false, at: undefined, pairs: [] };
  for (let place = 2; place < call.argv.length; place++) {
    const word = argument(call, place).toLowerCase();
    const meant = TIME_WORDS.get(word);
    if (word === 'fields') {
      options.pairs = pairsOf(call, place + 1);
      return options;
    }
    if (word === 'fnx' || word === 'fxx') {
      if (options.condition !== undefined) fail('ERR Only one of FXX or FNX arguments can be specified');
      options.condition = word;
    } else if (meant !== undefined || word === 'keepttl') {
      if (options.keepTime || options.at !== undefined) {
        fail('ERR Only one of EX, PX, EXAT, PXAT or KEEPTTL arguments can be specified');
      }
      if (meant === undefined) options.keepTime = true;
      else options.at = fieldTime(call, argument(call, ++place), meant);
    } else fail(`ERR unknown argument: ${argument(call, place)}`);
  }
  return fail('ERR missing FIELDS argument');
}

/** The number of fields at `at`, and a field and a value for each behind it. */
function pairsOf(call: Call, at: number): readonly ByteString[] {
  const count = fieldCount(argument(call, at), 'ERR invalid number of fields');
  const pairs = call.argv.slice(at + 1);
  if (pairs.length !== 2 * count) fail("ERR wrong number of arguments for 'hsetex' command");
  return pairs;
}

function setAndExpire(call: Call): ByteString {
  const { condition, keepTime, at, pairs } = setOptions(call);
  const key = argument(call, 1);
  const there = hashOf(call, key);
  const fields = pairs.filter((_, index) => index % 2 === 0);
  if (condition !== undefined) {
    const wanted = condition === 'fxx';
    if (fields.some((field) => (there?.fields.has(field) === true) !== wanted)) return no;
  }
  changeHash(call, key, (hash) => {
    let grown = 0;
    expectFields(call, hash, pairs);
    for (let index = 0; index < pairs.length; index += 2) {
      grown += putField(call, hash, pairs[index] ?? '', pairs[index + 1] ?? '', keepTime);
    }
    return grown;
  });
  touched(call, key, fields.length);
  notify(call, 'h', 'hset', key);
  if (at !== undefined) giveTime(call, key, fields, at);
  return yes;
}

export const hashExpiry: Family = {
  ...fieldTimes,
  hgetdel: getAndDelete,
  hgetex: getAndExpire,
  hsetex: setAndExpire,
};

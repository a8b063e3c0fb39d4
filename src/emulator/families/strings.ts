import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, integer, OK } from '../../wire/resp-reply.ts';
import {
  argument,
  fail,
  floatArgument,
  integerArgument,
  nil,
  no,
  NOT_INTEGER,
  OUT_OF_MEMORY,
  SYNTAX,
  touched,
  valueOf,
  yes,
} from '../command.ts';
import type { Call, Family } from '../command.ts';

const LONGEST_STRING = 536_870_912;

/** Writes a string and drops what the key held, its time to live too unless one is given. */
function store(call: Call, key: ByteString, text: ByteString, expires?: number): void {
  call.db.set(key, { type: 'string', text }, expires);
  touched(call, key);
}

/** Reads a time to live; Redis refuses 0 and less. Returns milliseconds since 1970. */
export function expiry(text: ByteString, unit: 'ex' | 'px', now: number, command: string): number {
  const amount = integerArgument(text);
  if (amount <= 0) fail(`ERR invalid expire time in ${command}`);
  return now + amount * (unit === 'ex' ? 1_000 : 1);
}

function set(call: Call): ByteString {
  const key = argument(call, 1);
  let condition: 'nx' | 'xx' | undefined;
  let keep = false;
  let expires: number | undefined;
  for (let at = 3; at < call.argv.length; at++) {
    const word = argument(call, at).toLowerCase();
    if ((word === 'nx' || word === 'xx') && (condition === undefined || condition === word)) condition = word;
    else if (word === 'keepttl' && expires === undefined) keep = true;
    else if ((word === 'ex' || word === 'px') && !keep && expires === undefined && at + 1 < call.argv.length)
      expires = expiry(argument(call, ++at), word, call.now, 'set');
    else fail(SYNTAX);
  }
  const exists = call.db.get(key, call.now) !== undefined;
  if ((condition === 'nx' && exists) || (condition === 'xx' && !exists)) return nil(call);
  store(call, key, argument(call, 2), keep ? call.db.expires(key) : expires);
  return OK;
}

function add(call: Call, amount: number): ByteString {
  const key = argument(call, 1);
  const old = valueOf(call, key, 'string')?.text ?? '0';
  const sum = BigInt(integerText(old)) + BigInt(amount);
  if (sum > 9223372036854775807n || sum < -9223372036854775808n)
    fail('ERR increment or decrement would overflow');
  store(call, key, String(sum), call.db.expires(key));
  return integer(sum);
}

function integerText(text: ByteString): ByteString {
  integerArgument(text, NOT_INTEGER);
  return text;
}

function getRange(call: Call): ByteString {
  const text = valueOf(call, argument(call, 1), 'string')?.text ?? '';
  const from = integerArgument(argument(call, 2));
  const to = integerArgument(argument(call, 3));
  const start = from < 0 ? Math.max(0, text.length + from) : from;
  const end = to < 0 ? Math.max(0, text.length + to) : Math.min(to, text.length - 1);
  return bulk(start > end || (from < 0 && to < 0 && from > to) ? '' : text.slice(start, end + 1));
}

function setRange(call: Call): ByteString {
  const key = argument(call, 1);
  const offset = integerArgument(argument(call, 2));
  const part = argument(call, 3);
  if (offset < 0) fail('ERR offset is out of range');
  const old = valueOf(call, key, 'string')?.text ?? '';
  if (part === '') return integer(old.length);
  if (offset + part.length > LONGEST_STRING) fail('ERR string exceeds maximum allowed size (512MB)');
  // A real server would allocate the gap. Ours keeps its memory, and says what a small server would.
  if (offset > old.length + 1_048_576) fail(OUT_OF_MEMORY);
  const head = old.slice(0, offset).padEnd(offset, '\0');
  const text = head + part + old.slice(offset + part.length);
  store(call, key, text, call.db.expires(key));
  return integer(text.length);
}

function setMany(call: Call): void {
  if (call.argv.length % 2 === 0) fail(`ERR wrong number of arguments for ${argument(call, 0).toUpperCase()}`);
  for (let at = 1; at < call.argv.length; at += 2) store(call, argument(call, at), argument(call, at + 1));
}

const get = (call: Call): ByteString => {
  const value = valueOf(call, argument(call, 1), 'string');
  if (value === undefined) call.world.statistics.misses++;
  else call.world.statistics.hits++;
  return value === undefined ? nil(call) : bulk(value.text);
};

export const strings: Family = {
  get,
  set,
  setnx: (call) => {
    if (call.db.get(argument(call, 1), call.now) !== undefined) return no;
    store(call, argument(call, 1), argument(call, 2));
    return yes;
  },
  setex: (call) => {
    store(call, argument(call, 1), argument(call, 3), expiry(argument(call, 2), 'ex', call.now, 'setex'));
    return OK;
  },
  psetex: (call) => {
    store(call, argument(call, 1), argument(call, 3), expiry(argument(call, 2), 'px', call.now, 'psetex'));
    return OK;
  },
  getset: (call) => {
    const reply = get(call);
    store(call, argument(call, 1), argument(call, 2));
    return reply;
  },
  mget: (call) =>
    array(
      call.argv.slice(1).map((key) => {
        const value = call.db.get(key, call.now);
        return value?.type === 'string' ? bulk(value.text) : nil(call);
      }),
    ),
  mset: (call) => {
    setMany(call);
    return OK;
  },
  msetnx: (call) => {
    const keys = call.argv.filter((_, at) => at % 2 === 1);
    if (call.argv.length % 2 === 1 && keys.some((key) => call.db.get(key, call.now) !== undefined)) return no;
    setMany(call);
    return yes;
  },
  append: (call) => {
    const key = argument(call, 1);
    const text = (valueOf(call, key, 'string')?.text ?? '') + argument(call, 2);
    store(call, key, text, call.db.expires(key));
    return integer(text.length);
  },
  strlen: (call) => integer(valueOf(call, argument(call, 1), 'string')?.text.length ?? 0),
  incr: (call) => add(call, 1),
  decr: (call) => add(call, -1),
  incrby: (call) => add(call, integerArgument(argument(call, 2))),
  decrby: (call) => add(call, -integerArgument(argument(call, 2))),
  incrbyfloat: (call) => {
    const key = argument(call, 1);
    const sum =
      floatArgument(valueOf(call, key, 'string')?.text ?? '0') + floatArgument(argument(call, 2));
    if (!Number.isFinite(sum)) fail('ERR increment would produce NaN or Infinity');
    store(call, key, String(sum), call.db.expires(key));
    return bulk(String(sum));
  },
  getrange: getRange,
  substr: getRange,
  setrange: setRange,
};

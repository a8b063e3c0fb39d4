import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { bulk, integer, OK } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import {
  argument,
  exactInteger,
  fail,
  integerArgument,
  LEAST,
  MOST,
  NOT_FLOAT,
  NOT_INTEGER,
  nil,
  no,
  OUT_OF_MEMORY,
  SYNTAX,
  touched,
  valueOf,
  yes,
} from '../command.ts';
import { decimalOf, decimalText } from '../decimal.ts';
import { boundedArray } from '../reply-bound.ts';

const LONGEST_STRING = 536_870_912;
/** Bytes of zeros that a write behind the end of a string may add. */
const LONGEST_GAP = 1_048_576;
/** A string that is longer takes no more edits: each would copy it, and hold up everyone for that long. */
const LONGEST_EDITED = 8_388_608;

/** Writes a string and drops what the key held, its time to live too unless one is given. */
function store(call: Call, key: ByteString, text: ByteString, expires?: number): void {
  call.db.set(key, { type: 'string', text: ownedBytes(text) }, expires);
  touched(call, key);
}

/** The same for a string that was changed in place: it keeps its time to live. */
export function storeChanged(call: Call, key: ByteString, text: ByteString, pieces = 0): void {
  if (text.length > LONGEST_EDITED) fail(OUT_OF_MEMORY);
  call.db.set(
    key,
    { type: 'string', text: pieces === 0 ? ownedBytes(text) : text, pieces },
    call.db.expires(key),
  );
  touched(call, key);
}

/** V8 joins strings lazily, at some 30 bytes a piece: copied into one often enough, an append costs what it adds. */
function append(call: Call): ByteString {
  const key = argument(call, 1);
  const part = argument(call, 2);
  const old = valueOf(call, key, 'string');
  if (old === undefined) store(call, key, part);
  else {
    const text = old.text + ownedBytes(part);
    const pieces = (old.pieces ?? 0) + 1;
    storeChanged(call, key, text, pieces > 4 + text.length / 64 ? 0 : pieces);
  }
  return integer((old?.text.length ?? 0) + part.length);
}

export function textOf(call: Call, key = argument(call, 1)): ByteString | undefined {
  return valueOf(call, key, 'string')?.text;
}

/** Reads a time to live; 0 and less are refused. Returns milliseconds since 1970. */
function expiry(text: ByteString, unit: 'ex' | 'px', now: number, command: string): number {
  const amount = integerArgument(text);
  if (amount <= 0) fail(`ERR invalid expire time in ${command}`);
  // 6.0 lets the sum overflow, into a time that is never over or always has been.
  return Number(BigInt.asIntN(64, BigInt(now) + BigInt(text) * (unit === 'ex' ? 1_000n : 1n)));
}

function set(call: Call): ByteString {
  const key = argument(call, 1);
  let condition: 'nx' | 'xx' | undefined;
  let keep = false;
  let time: { readonly unit: 'ex' | 'px'; readonly text: ByteString } | undefined;
  for (let at = 3; at < call.argv.length; at++) {
    const word = argument(call, at).toLowerCase();
    if ((word === 'nx' || word === 'xx') && (condition === undefined || condition === word)) condition = word;
    else if (word === 'keepttl' && time === undefined) keep = true;
    else if (
      (word === 'ex' || word === 'px') &&
      !keep &&
      (time === undefined || time.unit === word) &&
      at + 1 < call.argv.length
    ) {
      time = { unit: word, text: argument(call, ++at) };
    } else fail(SYNTAX);
  }
  const expires = time === undefined ? undefined : expiry(time.text, time.unit, call.now, 'set');
  if (condition !== undefined) {
    const exists = call.db.get(key, call.now) !== undefined;
    if (exists === (condition === 'nx')) return nil(call);
  }
  store(call, key, argument(call, 2), keep ? call.db.expires(key) : expires);
  return OK;
}

function setFor(call: Call, unit: 'ex' | 'px', name: string): ByteString {
  store(call, argument(call, 1), argument(call, 3), expiry(argument(call, 2), unit, call.now, name));
  return OK;
}

function add(call: Call, amount: bigint): ByteString {
  const key = argument(call, 1);
  const sum = exactInteger(textOf(call, key) ?? '0', NOT_INTEGER) + amount;
  if (sum > MOST || sum < LEAST) fail('ERR increment or decrement would overflow');
  store(call, key, String(sum), call.db.expires(key));
  return integer(sum);
}

function addFloat(call: Call): ByteString {
  const key = argument(call, 1);
  const old = decimalOf(textOf(call, key) ?? '0');
  const amount = decimalOf(argument(call, 2));
  if (/^[+-]?inf(inity)?$/i.test(argument(call, 2).slice(0, 16))) {
    fail('ERR increment would produce NaN or Infinity');
  }
  if (old === undefined || amount === undefined) fail(NOT_FLOAT);
  const sum = decimalText(old + amount);
  store(call, key, sum, call.db.expires(key));
  return bulk(sum);
}

function getRange(call: Call): ByteString {
  const from = integerArgument(argument(call, 2));
  const to = integerArgument(argument(call, 3));
  const text = textOf(call) ?? '';
  if (from < 0 && to < 0 && from > to) return bulk('');
  const start = from < 0 ? Math.max(0, text.length + from) : from;
  const end = to < 0 ? Math.max(0, text.length + to) : Math.min(to, text.length - 1);
  return bulk(start > end ? '' : text.slice(start, end + 1));
}

function setRange(call: Call): ByteString {
  const key = argument(call, 1);
  const offset = integerArgument(argument(call, 2));
  const part = argument(call, 3);
  if (offset < 0) fail('ERR offset is out of range');
  const old = textOf(call, key) ?? '';
  if (part === '') return integer(old.length);
  if (offset + part.length > LONGEST_STRING)
    fail('ERR string exceeds maximum allowed size (proto-max-bulk-len)');
  // A real server would allocate the gap. Ours keeps its memory, and says what a small server would.
  if (offset > old.length + LONGEST_GAP) fail(OUT_OF_MEMORY);
  const head = old.slice(0, offset).padEnd(offset, '\0');
  const text = head + part + old.slice(offset + part.length);
  storeChanged(call, key, text);
  return integer(text.length);
}

function setMany(call: Call): void {
  // 6.0 says MSET for MSETNX too.
  if (call.argv.length % 2 === 0) fail('ERR wrong number of arguments for MSET');
  for (let at = 1; at < call.argv.length; at += 2) store(call, argument(call, at), argument(call, at + 1));
}

const get = (call: Call): ByteString => {
  const text = textOf(call);
  if (text === undefined) call.world.statistics.misses++;
  else call.world.statistics.hits++;
  return text === undefined ? nil(call) : bulk(text);
};

export const strings: Family = {
  get,
  set,
  setnx: (call) => {
    if (call.db.get(argument(call, 1), call.now) !== undefined) return no;
    store(call, argument(call, 1), argument(call, 2));
    return yes;
  },
  setex: (call) => setFor(call, 'ex', 'setex'),
  psetex: (call) => setFor(call, 'px', 'psetex'),
  getset: (call) => {
    const reply = get(call);
    store(call, argument(call, 1), argument(call, 2));
    return reply;
  },
  mget: (call) =>
    boundedArray(call.argv.slice(1), (key) => {
      const value = call.db.get(key, call.now);
      return value?.type === 'string' ? bulk(value.text) : nil(call);
    }),
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
  append,
  strlen: (call) => integer(textOf(call)?.length ?? 0),
  incr: (call) => add(call, 1n),
  decr: (call) => add(call, -1n),
  incrby: (call) => add(call, exactInteger(argument(call, 2))),
  // 6.0 negates in 64 bits: the least number stays what it is.
  decrby: (call) => add(call, BigInt.asIntN(64, -exactInteger(argument(call, 2)))),
  incrbyfloat: addFloat,
  getrange: getRange,
  substr: getRange,
  setrange: setRange,
};

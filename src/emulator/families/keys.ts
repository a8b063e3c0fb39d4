import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, bulks, errorReply, integer, OK, simpleString } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import {
  argument,
  changedVersion,
  exactInteger,
  fail,
  integerArgument,
  NO_SUCH_KEY,
  nil,
  no,
  SYNTAX,
  touched,
  yes,
} from '../command.ts';
import { globBudget, globMatches } from '../glob.ts';
import { scanOptions } from '../scan-page.ts';
import { encodingOf } from '../value.ts';

const remove = (call: Call): ByteString => {
  let count = 0;
  for (const key of call.argv.slice(1)) {
    if (!call.db.delete(key, call.now)) continue;
    touched(call, key);
    count++;
  }
  return integer(count);
};

const exists = (call: Call): ByteString =>
  integer(call.argv.slice(1).filter((key) => call.db.get(key, call.now) !== undefined).length);

/** EXPIRE and its kin: a time in the past deletes. */
function expireAt(call: Call, at: number): ByteString {
  const key = argument(call, 1);
  if (call.db.get(key, call.now) === undefined) return no;
  touched(call, key);
  if (at <= call.now) call.db.delete(key, call.now);
  else call.db.setExpires(key, at);
  return yes;
}

/** 6.0 calculates in 64 bits and lets the sum overflow. */
const time = (call: Call, unit: bigint, from: bigint): number =>
  Number(BigInt.asIntN(64, exactInteger(argument(call, 2)) * unit + from));

function timeToLive(call: Call, unit: number): ByteString {
  const key = argument(call, 1);
  if (call.db.get(key, call.now) === undefined) return integer(-2);
  const at = call.db.expires(key);
  return integer(at === undefined ? -1 : Math.trunc((at - call.now + (unit === 1 ? 0 : 500)) / unit));
}

function rename(call: Call, onlyNew: boolean): ByteString {
  const [from, to] = [argument(call, 1), argument(call, 2)];
  const value = call.db.get(from, call.now);
  if (value === undefined) fail(NO_SUCH_KEY);
  if (onlyNew && call.db.get(to, call.now) !== undefined) return no;
  if (from !== to) {
    const expires = call.db.expires(from);
    call.db.delete(from, call.now);
    call.db.set(to, value, expires);
    touched(call, from);
    touched(call, to);
  }
  return onlyNew ? yes : OK;
}

function move(call: Call): ByteString {
  const key = argument(call, 1);
  const index = integerArgument(argument(call, 2), 'ERR index out of range');
  const target = call.world.databases[index];
  if (target === undefined) fail('ERR index out of range');
  if (target === call.db) fail('ERR source and destination objects are the same');
  const value = call.db.get(key, call.now);
  if (value === undefined || target.get(key, call.now) !== undefined) return no;
  target.set(key, value, call.db.expires(key));
  call.db.delete(key, call.now);
  touched(call, key);
  return yes;
}

function scan(call: Call): ByteString {
  const { cursor, count, pattern, type } = scanOptions(call, 1, true);
  const { keys: page, next } = call.db.page(cursor, count, call.now);
  const budget = globBudget();
  const found = page.filter(
    (key) =>
      globMatches(pattern, key, budget) && (type === undefined || call.db.get(key, call.now)?.type === type),
  );
  return array([bulk(String(next)), bulks(found)]);
}

function object(call: Call): ByteString {
  const word = argument(call, 1).toLowerCase();
  if (call.argv.length !== 3 || !['encoding', 'refcount', 'idletime', 'freq'].includes(word)) {
    return errorReply(
      `ERR Unknown subcommand or wrong number of arguments for '${argument(call, 1)}'. Try OBJECT HELP.`,
    );
  }
  const value = call.db.get(argument(call, 2), call.now);
  if (value === undefined) return nil(call);
  if (word === 'encoding') return bulk(encodingOf(value));
  if (word === 'freq') {
    fail(
      'ERR An LFU maxmemory policy is not selected, access frequency not tracked. Please note that when switching between policies at runtime LRU and LFU data will take some time to adjust.',
    );
  }
  return integer(word === 'refcount' ? 1 : 0);
}

const clear = (call: Call, all: boolean): ByteString => {
  if (call.argv.length > 2 || (call.argv.length === 2 && argument(call, 1).toLowerCase() !== 'async')) {
    fail(SYNTAX);
  }
  const { world } = call;
  for (const [watched] of world.versions) {
    const bar = watched.indexOf('/');
    const [db, key] = [Number(watched.slice(0, bar)), watched.slice(bar + 1)];
    const there = world.databases[db]?.get(key, call.now) !== undefined;
    if (there && (all || db === call.client.db)) changedVersion(world, db, key);
  }
  for (const database of all ? world.databases : [call.db]) database.clear();
  world.dirty++;
  return OK;
};

/** A sensor dials nobody: what there is to send cannot be sent. */
function migrate(call: Call): ByteString {
  integerArgument(argument(call, 5));
  integerArgument(argument(call, 4));
  const named = call.argv.findIndex((word, at) => at > 5 && word.toLowerCase() === 'keys');
  const wanted = argument(call, 3) === '' && named > 0 ? call.argv.slice(named + 1) : [argument(call, 3)];
  if (!wanted.some((key) => call.db.get(key, call.now) !== undefined)) return simpleString('NOKEY');
  return errorReply('IOERR error or timeout connecting to the client');
}

/** What a visitor brings is kept as evidence only: no dump is trusted enough to be read. */
function restore(call: Call): ByteString {
  const replace = call.argv.slice(4).some((word) => word.toLowerCase() === 'replace');
  if (!replace && call.db.get(argument(call, 1), call.now) !== undefined) {
    fail('BUSYKEY Target key name already exists.');
  }
  if (integerArgument(argument(call, 2)) < 0) fail('ERR Invalid TTL value, must be >= 0');
  return errorReply('ERR DUMP payload version or checksum are wrong');
}

export const keys: Family = {
  del: remove,
  unlink: remove,
  exists,
  touch: exists,
  type: (call) => simpleString(call.db.get(argument(call, 1), call.now)?.type ?? 'none'),
  keys: (call) => {
    const budget = globBudget();
    const pattern = argument(call, 1);
    return bulks(call.db.keys(call.now).filter((key) => globMatches(pattern, key, budget)));
  },
  scan,
  dbsize: (call) => integer(call.db.size(call.now)),
  randomkey: (call) => {
    const all = call.db.keys(call.now);
    return all.length === 0 ? nil(call) : bulk(all[call.world.random.below(all.length)] ?? '');
  },
  expire: (call) => expireAt(call, time(call, 1_000n, BigInt(call.now))),
  pexpire: (call) => expireAt(call, time(call, 1n, BigInt(call.now))),
  expireat: (call) => expireAt(call, time(call, 1_000n, 0n)),
  pexpireat: (call) => expireAt(call, time(call, 1n, 0n)),
  ttl: (call) => timeToLive(call, 1_000),
  pttl: (call) => timeToLive(call, 1),
  persist: (call) => {
    const key = argument(call, 1);
    if (call.db.get(key, call.now) === undefined || call.db.expires(key) === undefined) return no;
    call.db.setExpires(key, undefined);
    touched(call, key);
    return yes;
  },
  rename: (call) => rename(call, false),
  renamenx: (call) => rename(call, true),
  move,
  object,
  migrate,
  restore,
  flushdb: (call) => clear(call, false),
  flushall: (call) => clear(call, true),
};

import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, bulks, errorReply, integer, OK, simpleString } from '../../wire/resp-reply.ts';
import { argument, fail, integerArgument, nil, no, NO_SUCH_KEY, SYNTAX, touched, yes } from '../command.ts';
import type { Call, Family } from '../command.ts';
import { globMatches } from '../glob.ts';
import type { Value } from '../keyspace.ts';

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

/** SCAN: the cursor is a position in the present order; a small database comes whole, as it mostly does in Redis. */
function scan(call: Call): ByteString {
  if (!/^\d{1,20}$/.test(argument(call, 1))) fail('ERR invalid cursor');
  const cursor = Number(argument(call, 1));
  let pattern = '*';
  let count = 10;
  let type: string | undefined;
  for (let at = 2; at < call.argv.length; at += 2) {
    const word = argument(call, at).toLowerCase();
    if (at + 1 >= call.argv.length) fail(SYNTAX);
    if (word === 'match') pattern = argument(call, at + 1);
    else if (word === 'type') type = argument(call, at + 1).toLowerCase();
    else if (word === 'count') {
      count = integerArgument(argument(call, at + 1));
      if (count < 1) fail(SYNTAX);
    } else fail(SYNTAX);
  }
  const keys = call.db.keys(call.now);
  const page = keys.slice(cursor, cursor + count);
  const next = cursor + count < keys.length ? cursor + count : 0;
  const found = page.filter(
    (key) =>
      globMatches(pattern, key) && (type === undefined || call.db.get(key, call.now)?.type === type),
  );
  return array([bulk(String(next)), bulks(found)]);
}

const SMALL = 512;

function encoding(value: Value): string {
  switch (value.type) {
    case 'string':
      if (/^(0|-?[1-9]\d{0,18})$/.test(value.text)) return 'int';
      return value.text.length <= 44 ? 'embstr' : 'raw';
    case 'list':
      return 'quicklist';
    case 'hash':
      return value.fields.size <= SMALL && [...value.fields].flat().every(isShort) ? 'ziplist' : 'hashtable';
    case 'set': {
      const members = [...value.members];
      return members.length <= SMALL && members.every((one) => /^(0|-?[1-9]\d{0,17})$/.test(one))
        ? 'intset'
        : 'hashtable';
    }
    case 'zset':
      return value.scores.size <= 128 && [...value.scores.keys()].every(isShort) ? 'ziplist' : 'skiplist';
  }
}

const isShort = (text: ByteString): boolean => text.length <= 64;

function object(call: Call): ByteString {
  const word = argument(call, 1).toLowerCase();
  if (call.argv.length !== 3 || !['encoding', 'refcount', 'idletime', 'freq'].includes(word)) {
    return errorReply(
      `ERR Unknown subcommand or wrong number of arguments for '${argument(call, 1)}'. Try OBJECT HELP.`,
    );
  }
  const value = call.db.get(argument(call, 2), call.now);
  if (value === undefined) return nil(call);
  if (word === 'encoding') return bulk(encoding(value));
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
  for (const database of all ? call.world.databases : [call.db]) database.clear();
  call.world.dirty++;
  for (const [key, version] of call.world.versions) call.world.versions.set(key, version + 1);
  return OK;
};

export const keys: Family = {
  del: remove,
  unlink: remove,
  exists,
  touch: exists,
  type: (call) => simpleString(call.db.get(argument(call, 1), call.now)?.type ?? 'none'),
  keys: (call) =>
    bulks(call.db.keys(call.now).filter((key) => globMatches(argument(call, 1), key))),
  scan,
  dbsize: (call) => integer(call.db.size(call.now)),
  randomkey: (call) => {
    const all = call.db.keys(call.now);
    return all.length === 0 ? nil(call) : bulk(all[call.world.random.below(all.length)] ?? '');
  },
  expire: (call) => expireAt(call, call.now + integerArgument(argument(call, 2)) * 1_000),
  pexpire: (call) => expireAt(call, call.now + integerArgument(argument(call, 2))),
  expireat: (call) => expireAt(call, integerArgument(argument(call, 2)) * 1_000),
  pexpireat: (call) => expireAt(call, integerArgument(argument(call, 2))),
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
  flushdb: (call) => clear(call, false),
  flushall: (call) => clear(call, true),
};

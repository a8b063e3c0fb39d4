import type { ByteString } from '../../model/bytes.ts';
import { integer } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, exactInteger, fail, LEAST, MOST, no, touched, yes } from '../command.ts';
import { notify } from '../notify.ts';
import { isValkey, since } from '../version.ts';
import { glance, lookup } from './lookup.ts';

interface Conditions {
  nx: boolean;
  xx: boolean;
  gt: boolean;
  lt: boolean;
}

/** From 7.0 on. */
function conditions(call: Call): Conditions {
  const given: Conditions = { nx: false, xx: false, gt: false, lt: false };
  for (const text of call.argv.slice(3)) {
    const word = text.toLowerCase();
    if (word !== 'nx' && word !== 'xx' && word !== 'gt' && word !== 'lt')
      fail(`ERR Unsupported option ${text}`);
    given[word] = true;
  }
  if (given.nx && (given.xx || given.gt || given.lt)) {
    fail('ERR NX and XX, GT or LT options at the same time are not compatible');
  }
  if (given.gt && given.lt) fail('ERR GT and LT options at the same time are not compatible');
  return given;
}

function isMet({ nx, xx, gt, lt }: Conditions, at: bigint, present: number | undefined): boolean {
  if (present === undefined) return !xx && !gt;
  if (nx) return false;
  return gt ? at > BigInt(present) : lt ? at < BigInt(present) : true;
}

/** EXPIRE and its kin: a time in the past deletes. */
const expire =
  (unit: bigint, relative: boolean) =>
  (call: Call): ByteString => {
    const given = conditions(call);
    const at = timeOf(call, unit, relative ? BigInt(call.now) : 0n);
    const key = argument(call, 1);
    if (lookup(call, key) === undefined) return no;
    if (!isMet(given, at, call.db.expires(key))) return no;
    const over = at <= BigInt(call.now);
    if (over) call.db.delete(key, call.now);
    else call.db.setExpires(key, Number(at));
    touched(call, key);
    if (over && isValkey(call)) notify(call, 'x', 'expired', key);
    else notify(call, 'g', over ? 'del' : 'expire', key);
    return yes;
  };

function timeOf(call: Call, unit: bigint, from: bigint): bigint {
  const time = exactInteger(argument(call, 2));
  // Up to 6.0 the sum overflows.
  if (!since(call, 6.2)) return BigInt.asIntN(64, time * unit + from);
  const name = argument(call, 0).toLowerCase();
  if (time > MOST / unit || time < LEAST / unit || time * unit > MOST - from) {
    fail(`ERR invalid expire time in '${name}' command`);
  }
  return time * unit + from;
}

const timeToLive =
  (unit: number, relative: boolean) =>
  (call: Call): ByteString => {
    const key = argument(call, 1);
    if (glance(call, key) === undefined) return integer(-2);
    const at = call.db.expires(key);
    if (at === undefined) return integer(-1);
    const left = relative ? Math.max(0, at - call.now) : at;
    return integer(BigInt(unit === 1 ? left : Math.trunc((left + unit / 2) / unit)));
  };

function persist(call: Call): ByteString {
  const key = argument(call, 1);
  if (lookup(call, key) === undefined || call.db.expires(key) === undefined) return no;
  call.db.setExpires(key, undefined);
  touched(call, key);
  notify(call, 'g', 'persist', key);
  return yes;
}

export const keyExpiry: Family = {
  expire: expire(1_000n, true),
  pexpire: expire(1n, true),
  expireat: expire(1_000n, false),
  pexpireat: expire(1n, false),
  ttl: timeToLive(1_000, true),
  pttl: timeToLive(1, true),
  expiretime: timeToLive(1_000, false),
  pexpiretime: timeToLive(1, false),
  persist,
};

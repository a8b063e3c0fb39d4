import type { ByteString } from '../../model/bytes.ts';
import { array, integer } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, touched } from '../command.ts';
import { notify } from '../notify.ts';
import { schedule } from './field-expiry.ts';
import type { HashValue } from './hash-store.ts';
import { dropFields, hashOf, setFieldTime, timed } from './hash-store.ts';
import { BAD_COUNT, fieldTime, namedFields } from './timed-arguments.ts';

const CONDITIONS = new Set(['nx', 'xx', 'gt', 'lt']);

const MISSING = integer(-2);
const NO_TIME = integer(-1);
const UNMET = integer(0);
const SET = integer(1);
const DELETED = integer(2);

function isMet(condition: string | undefined, at: number, present: number | undefined): boolean {
  switch (condition) {
    case 'nx':
      return present === undefined;
    case 'xx':
      return present !== undefined;
    case 'gt':
      return present !== undefined && at > present;
    case 'lt':
      return present === undefined || at < present;
    default:
      return true;
  }
}

/** HEXPIRE and its kin. */
const expire =
  (unit: bigint, relative: boolean) =>
  (call: Call): ByteString => {
    const key = argument(call, 1);
    const hash = hashOf(call, key);
    const at = fieldTime(call, argument(call, 2), { unit, relative });
    const word = argument(call, 3).toLowerCase();
    const condition = CONDITIONS.has(word) ? word : undefined;
    const fields = namedFields(
      call,
      condition === undefined ? 3 : 4,
      'ERR Parameter `numFields` should be greater than 0',
    );
    if (hash === undefined) return array(fields.map(() => MISSING));
    timed(call, hash);
    const met = new Set<ByteString>();
    const replies = fields.map((field) => {
      if (!hash.fields.has(field) || (at <= call.now && met.has(field))) return MISSING;
      if (!isMet(condition, at, hash.expiries?.get(field))) return UNMET;
      met.add(field);
      if (at <= call.now) return DELETED;
      setFieldTime(call, hash, field, at);
      return SET;
    });
    if (at <= call.now) dropFields(call, key, [...met]);
    else if (met.size > 0) wasTimed(call, key, at, met.size);
    return array(replies);
  };

/** Tells that fields have a time now. */
export function wasTimed(call: Call, key: ByteString, at: number, count: number): void {
  schedule(call, { key, at, db: call.db, index: call.client.db });
  touched(call, key, count);
  notify(call, 'h', 'hexpire', key);
}

/** HTTL and its kin. */
const timeOf =
  (unit: number, relative: boolean) =>
  (call: Call): ByteString => {
    const hash = hashOf(call, argument(call, 1));
    const fields = namedFields(call, 2, BAD_COUNT);
    return array(
      fields.map((field) => {
        if (hash?.fields.has(field) !== true) return MISSING;
        const at = hash.expiries?.get(field);
        if (at === undefined) return NO_TIME;
        return integer(Math.ceil((at - (relative ? call.now : 0)) / unit));
      }),
    );
  };

function persist(call: Call): ByteString {
  const key = argument(call, 1);
  const hash = hashOf(call, key);
  const fields = namedFields(call, 2, BAD_COUNT);
  if (hash === undefined) return array(fields.map(() => MISSING));
  let count = 0;
  const replies = fields.map((field) => {
    if (!hash.fields.has(field)) return MISSING;
    if (hash.expiries?.has(field) !== true) return NO_TIME;
    setFieldTime(call, hash, field, undefined);
    count++;
    return SET;
  });
  wasPersisted(call, key, count);
  return array(replies);
}

export function wasPersisted(call: Call, key: ByteString, count: number): void {
  if (count === 0) return;
  touched(call, key, count);
  notify(call, 'h', 'hpersist', key);
}

/** Takes the time of a field away; true when it had one. */
export function persistField(call: Call, hash: HashValue, field: ByteString): boolean {
  if (hash.expiries?.has(field) !== true) return false;
  setFieldTime(call, hash, field, undefined);
  return true;
}

export const fieldTimes: Family = {
  hexpire: expire(1_000n, true),
  hpexpire: expire(1n, true),
  hexpireat: expire(1_000n, false),
  hpexpireat: expire(1n, false),
  httl: timeOf(1_000, true),
  hpttl: timeOf(1, true),
  hexpiretime: timeOf(1_000, false),
  hpexpiretime: timeOf(1, false),
  hpersist: persist,
};

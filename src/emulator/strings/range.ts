import type { ByteString } from '../../model/bytes.ts';
import { bulk, integer } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, exactInteger, fail } from '../command.ts';
import { appended, lengthOf, sliceOf, written } from './long-string.ts';
import { checkLength, store, storeChanged, stringOf } from './store.ts';

export function append(call: Call): ByteString {
  const key = argument(call, 1);
  const part = argument(call, 2);
  const old = stringOf(call, key);
  const length = lengthOf(old) + part.length;
  if (old === undefined) store(call, key, part, 'append');
  else {
    checkLength(call, old, length);
    storeChanged(call, key, appended(old, part), 'append');
  }
  return integer(length);
}

export function getRange(call: Call): ByteString {
  const [from, to] = [exactInteger(argument(call, 2)), exactInteger(argument(call, 3))];
  const value = stringOf(call, argument(call, 1));
  if (from < 0n && to < 0n && from > to) return bulk('');
  const place = placesOf(from, to, lengthOf(value));
  return bulk(place === undefined ? '' : sliceOf(value, place.from, place.to + 1));
}

/** Places of the first and the last of `length` bytes (or bits) that two indexes name; undefined for none. */
export function placesOf(
  from: bigint,
  to: bigint,
  length: number,
): { readonly from: number; readonly to: number } | undefined {
  const first = Math.max(0, Number(from < 0n ? BigInt(length) + from : from));
  const last = Math.min(length - 1, Math.max(0, Number(to < 0n ? BigInt(length) + to : to)));
  return first > last || length === 0 ? undefined : { from: first, to: last };
}

export function setRange(call: Call): ByteString {
  const key = argument(call, 1);
  const offset = Number(exactInteger(argument(call, 2)));
  const part = argument(call, 3);
  if (offset < 0) fail('ERR offset is out of range');
  const old = stringOf(call, key);
  if (part === '') return integer(lengthOf(old));
  checkLength(call, old, Math.max(lengthOf(old), offset + part.length));
  const value = written(old, offset, part);
  storeChanged(call, key, value, 'setrange');
  return integer(lengthOf(value));
}

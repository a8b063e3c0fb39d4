import type { ByteString } from '../../model/bytes.ts';
import { bulk, OK } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, nil, no, touched, yes } from '../command.ts';
import { notify } from '../notify.ts';
import { boundedArray } from '../reply-bound.ts';
import { since } from '../version.ts';
import { expiresAt, setWords } from './set-words.ts';
import { store, stringOf } from './store.ts';

export function get(call: Call): ByteString {
  const value = stringOf(call, argument(call, 1));
  if (value === undefined) call.world.statistics.misses++;
  else call.world.statistics.hits++;
  return value === undefined ? nil(call) : bulk(value.text);
}

export function set(call: Call): ByteString {
  const key = argument(call, 1);
  const words = setWords(call, 3, 'set');
  const expires = words.time === undefined ? undefined : expiresAt(call, words.time, 'set');
  const old = words.get ? get(call) : undefined;
  if (!allowed(call, key, words)) return old ?? nil(call);
  store(call, key, argument(call, 2), 'set', words.keep ? call.db.expires(key) : expires);
  if (words.time !== undefined) notify(call, 'g', 'expire', key);
  return old ?? OK;
}

function allowed(call: Call, key: ByteString, words: ReturnType<typeof setWords>): boolean {
  const { condition, expected } = words;
  if (condition === undefined) return true;
  if (condition === 'ifeq') return stringOf(call, key)?.text === expected;
  return (call.db.get(key, call.now) === undefined) === (condition === 'nx');
}

export function setFor(call: Call, unit: 'ex' | 'px', name: string): ByteString {
  const key = argument(call, 1);
  const expires = expiresAt(call, { unit, text: argument(call, 2) }, name);
  store(call, key, argument(call, 3), 'set', expires);
  notify(call, 'g', 'expire', key);
  return OK;
}

export function setIfNew(call: Call): ByteString {
  if (call.db.get(argument(call, 1), call.now) !== undefined) return no;
  store(call, argument(call, 1), argument(call, 2));
  return yes;
}

export function getAndSet(call: Call): ByteString {
  const reply = get(call);
  store(call, argument(call, 1), argument(call, 2));
  return reply;
}

export function getAndDelete(call: Call): ByteString {
  const key = argument(call, 1);
  const value = stringOf(call, key);
  if (value === undefined) return nil(call);
  remove(call, key);
  return bulk(value.text);
}

function remove(call: Call, key: ByteString): void {
  call.db.delete(key, call.now);
  notify(call, 'g', 'del', key);
  touched(call, key);
}

export function getAndExpire(call: Call): ByteString {
  const key = argument(call, 1);
  const { time, persist } = setWords(call, 2, 'getex');
  const value = stringOf(call, key);
  if (value === undefined) return nil(call);
  const reply = bulk(value.text);
  if (time !== undefined) {
    const at = expiresAt(call, time, 'getex');
    if (at <= call.now && time.unit.endsWith('at')) remove(call, key);
    else {
      call.db.setExpires(key, at);
      notify(call, 'g', 'expire', key);
      touched(call, key);
    }
  } else if (persist && call.db.expires(key) !== undefined) {
    call.db.setExpires(key, undefined);
    notify(call, 'g', 'persist', key);
    touched(call, key);
  }
  return reply;
}

export function getMany(call: Call): ByteString {
  return boundedArray(call.argv.slice(1), (key) => {
    const value = call.db.get(key, call.now);
    return value?.type === 'string' ? bulk(value.text) : nil(call);
  });
}

export function setMany(call: Call): void {
  for (let at = 1; at < call.argv.length; at += 2) store(call, argument(call, at), argument(call, at + 1));
}

/** The error for a key without value, undefined when there is none. */
export function oddWords(call: Call, name: string): string | undefined {
  if (call.argv.length % 2 === 1) return undefined;
  // Before 7.0 it says MSET for MSETNX too.
  return since(call, 7)
    ? `ERR wrong number of arguments for '${name}' command`
    : 'ERR wrong number of arguments for MSET';
}

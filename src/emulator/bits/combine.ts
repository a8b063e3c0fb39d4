import type { ByteString } from '../../model/bytes.ts';
import { integer } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, fail, SYNTAX, touched } from '../command.ts';
import { notify } from '../notify.ts';
import { CHUNK, chunksOf, fromChunks, lengthOf } from '../strings/long-string.ts';
import { checkLength, stringOf } from '../strings/store.ts';
import { boundWork } from '../work-bound.ts';

const OPERATIONS = {
  and: (one: number, other: number) => one & other,
  or: (one: number, other: number) => one | other,
  xor: (one: number, other: number) => one ^ other,
  not: (one: number) => ~one,
} as const;
type Operation = keyof typeof OPERATIONS;

/** BITOP. */
export function bitOp(call: Call): ByteString {
  const name = argument(call, 1).toLowerCase();
  if (!isOperation(name)) fail(SYNTAX);
  if (name === 'not' && call.argv.length !== 4)
    fail('ERR BITOP NOT must be called with a single source key.');
  const target = argument(call, 2);
  const sources = call.argv.slice(3).map((key) => ({ key, value: stringOf(call, key) }));
  const length = sources.reduce((most, { value }) => Math.max(most, lengthOf(value)), 0);
  if (length > 0) {
    checkLength(call, undefined, length);
    const keys = counting(
      sources.map(({ key }) => key),
      name,
    );
    boundWork((keys.length * length) / BYTES_A_STEP);
    const texts = keys.map((key) => chunksOf(stringOf(call, key)));
    call.db.set(target, fromChunks(combined(texts, name, length)));
    notify(call, '$', 'set', target);
    touched(call, target);
  } else if (call.db.delete(target, call.now)) {
    notify(call, 'g', 'del', target);
    touched(call, target);
  }
  return integer(length);
}

/** Bytes that are combined in the time of one step. */
const BYTES_A_STEP = 64;

const isOperation = (name: string): name is Operation => Object.hasOwn(OPERATIONS, name);

/** The keys that make a difference: who is named often counts once, or (XOR) as often as is odd. */
function counting(keys: readonly ByteString[], name: Operation): readonly ByteString[] {
  const times = new Map<ByteString, number>();
  for (const key of keys) times.set(key, (times.get(key) ?? 0) + 1);
  return [...times.keys()].filter((key) => name !== 'xor' || (times.get(key) ?? 0) % 2 === 1);
}

function combined(texts: readonly (readonly ByteString[])[], name: Operation, length: number): ByteString[] {
  const combine = OPERATIONS[name];
  const chunks: ByteString[] = [];
  for (let index = 0; index * CHUNK < length; index++) {
    const size = Math.min(CHUNK, length - index * CHUNK);
    const into = words(texts[0]?.[index] ?? '', size);
    if (name === 'not') for (let at = 0; at < into.length; at++) into[at] = combine(into[at] ?? 0, 0);
    for (const text of texts.slice(1)) {
      const from = words(text[index] ?? '', size);
      for (let at = 0; at < into.length; at++) into[at] = combine(into[at] ?? 0, from[at] ?? 0);
    }
    chunks.push(Buffer.from(into.buffer, 0, size).toString('latin1'));
  }
  return chunks;
}

/** The bytes of a piece as words, with zeros behind them. */
function words(chunk: ByteString, size: number): Int32Array {
  const bytes = new ArrayBuffer(Math.ceil(size / 4) * 4);
  Buffer.from(bytes).write(chunk, 'latin1');
  return new Int32Array(bytes);
}

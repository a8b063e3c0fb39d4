import type { ByteString } from '../../model/bytes.ts';
import { integer, OK } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, fail, no, touched, yes } from '../command.ts';
import { notify } from '../notify.ts';
import { lengthOf } from '../strings/long-string.ts';
import { checkLength, stringOf } from '../strings/store.ts';
import type { ValueOf } from '../value.ts';
import type { Counter } from './counter.ts';
import { emptyCounter, readCounter } from './counter.ts';
import { cardinality, placeOf, REGISTERS } from './registers.ts';

const NO_COUNTER = 'WRONGTYPE Key is not a valid HyperLogLog string value.';
export const BROKEN = 'INVALIDOBJ Corrupted HLL object detected';

/** Longest string that can be one: every register with an operation of its own, and some. */
const LONGEST = 65_536;

const sparseMost = ({ world }: Call): number => Number(world.config.get('hll-sparse-max-bytes') ?? 3_000);

export function counterOf(call: Call, key: ByteString): Counter | undefined {
  const value = stringOf(call, key);
  if (value === undefined) return undefined;
  if (lengthOf(value) > LONGEST) return fail(value.text.startsWith('HYLL\x01') ? BROKEN : NO_COUNTER);
  return readCounter(value.text, sparseMost(call)) ?? fail(NO_COUNTER);
}

/** Stores it; the time to live stays. */
export function keep(call: Call, key: ByteString, counter: Counter): void {
  const value: ValueOf<'string'> = { type: 'string', text: counter.text(), pieces: 0 };
  checkLength(call, stringOf(call, key), value.text.length);
  call.db.set(key, value, call.db.expires(key));
}

export function add(call: Call): ByteString {
  const key = argument(call, 1);
  const old = counterOf(call, key);
  const counter = old ?? emptyCounter(sparseMost(call));
  let changes = old === undefined ? 1 : 0;
  for (let at = 2; at < call.argv.length; at++) {
    const { index, rank } = placeOf(argument(call, at));
    const raised = counter.raise(index, rank);
    if (raised === undefined) fail(BROKEN);
    if (raised) changes++;
  }
  if (changes === 0) return no;
  counter.invalidate();
  keep(call, key, counter);
  notify(call, '$', 'pfadd', key);
  touched(call, key, changes);
  return yes;
}

export function count(call: Call): ByteString {
  if (call.argv.length > 2) return integer(cardinality(merged(call, call.argv.slice(1)).registers));
  const key = argument(call, 1);
  const counter = counterOf(call, key);
  if (counter === undefined) return no;
  const cached = counter.cached();
  if (cached !== undefined) return integer(BigInt.asIntN(64, cached));
  const found = counter.count() ?? fail(BROKEN);
  keep(call, key, counter);
  touched(call, key);
  return integer(found);
}

function merged(
  call: Call,
  keys: readonly ByteString[],
): { readonly registers: Uint8Array; readonly dense: boolean } {
  const registers = new Uint8Array(REGISTERS);
  let dense = false;
  for (const key of new Set(keys)) {
    const counter = counterOf(call, key);
    if (counter === undefined) continue;
    if (counter.encoding === 'dense') dense = true;
    const others = counter.registers() ?? fail(BROKEN);
    for (let index = 0; index < REGISTERS; index++) {
      const other = others[index] ?? 0;
      if (other > (registers[index] ?? 0)) registers[index] = other;
    }
  }
  return { registers, dense };
}

export function merge(call: Call): ByteString {
  const target = argument(call, 1);
  const { registers, dense } = merged(call, call.argv.slice(1));
  const counter = counterOf(call, target) ?? emptyCounter(sparseMost(call));
  if (dense && !counter.toDense()) fail(BROKEN);
  for (const [index, rank] of registers.entries()) if (rank > 0) counter.raise(index, rank);
  counter.invalidate();
  keep(call, target, counter);
  notify(call, '$', 'pfadd', target);
  touched(call, target);
  return OK;
}

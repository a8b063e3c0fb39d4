import type { ByteString } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import { argument, exactInteger, fail, MOST, SYNTAX } from '../command.ts';
import { isValkey, since } from '../version.ts';

/** The options of SET and of GETEX. */
export interface SetWords {
  readonly condition: 'nx' | 'xx' | 'ifeq' | undefined;
  /** Of IFEQ. */
  readonly expected: ByteString;
  readonly get: boolean;
  readonly keep: boolean;
  readonly persist: boolean;
  readonly time: TimeWords | undefined;
}

export interface TimeWords {
  readonly unit: 'ex' | 'px' | 'exat' | 'pxat';
  readonly text: ByteString;
}

export function setWords(call: Call, from: number, command: 'set' | 'getex'): SetWords {
  let condition: SetWords['condition'];
  let [get, keep, persist] = [false, false, false];
  let expected = '';
  let time: TimeWords | undefined;
  const setting = command === 'set';
  for (let at = from; at < call.argv.length; at++) {
    const word = argument(call, at).toLowerCase();
    const more = at + 1 < call.argv.length;
    const free = !keep && !persist;
    if (
      setting &&
      (word === 'nx' || word === 'xx') &&
      (condition ?? word) === word &&
      !clash(call, word, get)
    ) {
      condition = word;
    } else if (setting && word === 'ifeq' && isValkey(call) && more && condition === undefined) {
      condition = 'ifeq';
      expected = argument(call, ++at);
    } else if (setting && word === 'get' && since(call, 6.2) && !clash(call, condition, true)) get = true;
    else if (setting && word === 'keepttl' && time === undefined) keep = true;
    else if (!setting && word === 'persist' && time === undefined) persist = true;
    else if (isTime(call, word) && free && (time?.unit ?? word) === word && more) {
      time = { unit: word, text: argument(call, ++at) };
    } else fail(SYNTAX);
  }
  return { condition, expected, get, keep, persist, time };
}

/** NX and GET exclude each other in 6.2. */
function clash(call: Call, condition: SetWords['condition'], get: boolean): boolean {
  return get && condition === 'nx' && !since(call, 7);
}

function isTime(call: Call, word: string): word is TimeWords['unit'] {
  return word === 'ex' || word === 'px' || ((word === 'exat' || word === 'pxat') && since(call, 6.2));
}

/** When a time to live is over, milliseconds since 1970 UTC. */
export function expiresAt(call: Call, { unit, text }: TimeWords, command: string): number {
  const amount = exactInteger(text);
  const seconds = unit === 'ex' || unit === 'exat';
  const start = unit === 'ex' || unit === 'px' ? BigInt(call.now) : 0n;
  const modern = since(call, 6.2);
  const wrong = modern
    ? `ERR invalid expire time in '${command}' command`
    : `ERR invalid expire time in ${command}`;
  if (amount <= 0n) fail(wrong);
  const at = amount * (seconds ? 1_000n : 1n) + start;
  if (modern && at > MOST) fail(wrong);
  // 6.0 lets the sum overflow, and takes a negative one for no time at all.
  const sum = Number(BigInt.asIntN(64, at));
  return sum < 0 ? Number.MAX_SAFE_INTEGER : sum;
}

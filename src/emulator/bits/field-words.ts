import type { Call } from '../command.ts';
import { argument, exactInteger, fail, SYNTAX } from '../command.ts';
import { bitOffset } from './bit-offset.ts';

/** What happens to a number that does not fit. */
export type Overflow = 'wrap' | 'sat' | 'fail';

/** One operation of BITFIELD. */
export interface FieldWord {
  readonly action: 'get' | 'set' | 'incrby';
  readonly signed: boolean;
  /** Bits. */
  readonly width: number;
  readonly offset: number;
  readonly value: bigint;
  readonly overflow: Overflow;
}

const BAD_TYPE =
  'ERR Invalid bitfield type. Use something like i16 u8. Note that u64 is not supported but i64 is.';

export function fieldWords(call: Call): readonly FieldWord[] {
  const found: FieldWord[] = [];
  let overflow: Overflow = 'wrap';
  for (let at = 2; at < call.argv.length; ) {
    const action = argument(call, at).toLowerCase();
    const left = call.argv.length - at - 1;
    if (action === 'overflow' && left >= 1) {
      const word = argument(call, at + 1).toLowerCase();
      overflow =
        word === 'wrap' || word === 'sat' || word === 'fail'
          ? word
          : fail('ERR Invalid OVERFLOW type specified');
      at += 2;
    } else if ((action === 'get' && left >= 2) || ((action === 'set' || action === 'incrby') && left >= 3)) {
      const type = typeOf(call, at + 1);
      const offset = bitOffset(call, argument(call, at + 2), type.width);
      const value = action === 'get' ? 0n : exactInteger(argument(call, at + 3));
      found.push({ action, ...type, offset, value, overflow });
      at += action === 'get' ? 3 : 4;
    } else fail(SYNTAX);
  }
  return found;
}

function typeOf(call: Call, at: number): { readonly signed: boolean; readonly width: number } {
  const text = argument(call, at);
  const signed = text.startsWith('i');
  if (!signed && !text.startsWith('u')) fail(BAD_TYPE);
  const end = text.indexOf('\0');
  const width = exactInteger(text.slice(1, end < 0 ? undefined : end), BAD_TYPE);
  return width < 1n || width > (signed ? 64n : 63n) ? fail(BAD_TYPE) : { signed, width: Number(width) };
}

import type { ByteString } from '../../model/bytes.ts';
import { integer } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { argument, fail } from '../command.ts';
import { byteAt, lengthOf, written } from '../strings/long-string.ts';
import { checkLength, storeChanged, stringOf } from '../strings/store.ts';
import { since } from '../version.ts';
import { bitOffset } from './bit-offset.ts';

export function setBit(call: Call): ByteString {
  const offset = bitOffset(call, argument(call, 2));
  const bit = argument(call, 3);
  if (bit !== '0' && bit !== '1') fail('ERR bit is not an integer or out of range');
  const key = argument(call, 1);
  const old = stringOf(call, key);
  const place = Math.floor(offset / 8);
  const grows = place >= lengthOf(old);
  if (grows) checkLength(call, old, place + 1);
  const mask = 1 << (7 - (offset % 8));
  const code = byteAt(old, place);
  const was = (code & mask) === 0 ? '0' : '1';
  if (grows || was !== bit || !since(call, 7)) {
    const changed = bit === '1' ? code | mask : code & ~mask;
    storeChanged(call, key, written(old, place, String.fromCharCode(changed)), 'setbit');
  } else if (old !== undefined && old.pieces === undefined) {
    // Nothing was changed, but the string was made ready to be.
    call.db.set(key, { ...old, pieces: 0 }, call.db.expires(key));
  }
  return integer(Number(was));
}

export function getBit(call: Call): ByteString {
  const offset = bitOffset(call, argument(call, 2));
  const code = byteAt(stringOf(call, argument(call, 1)), Math.floor(offset / 8));
  return integer((code >> (7 - (offset % 8))) & 1);
}

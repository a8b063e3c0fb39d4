import type { ByteWindow } from './byte-window.ts';
import { byteOf, need } from './byte-window.ts';
import { DumpFault } from './dump-fault.ts';

/** The first byte of a string in a form of its own, which is no length: the two highest bits are set. */
export const SPECIAL = 0xc0;

/** An RDB length: 6, 14, 32 or 64 bits, big-endian. */
export function readLength(window: ByteWindow): number {
  const first = byteOf(window);
  if (first < 0x40) return first;
  if (first < 0x80) return ((first & 0x3f) << 8) | byteOf(window);
  if (first === 0x80) {
    need(window, 4);
    window.at += 4;
    return window.bytes.readUInt32BE(window.at - 4);
  }
  if (first === 0x81) {
    const value = wide(window);
    if (value > BigInt(Number.MAX_SAFE_INTEGER)) throw new DumpFault('a length beyond all bounds');
    return Number(value);
  }
  throw new DumpFault(first >= SPECIAL ? 'a string where a length should be' : 'an unknown form of length');
}

/** A number of up to 64 bits in the form of a length, such as the number of a module. */
export function readNumber(window: ByteWindow): bigint {
  need(window, 1);
  if (window.bytes[window.at] !== 0x81) return BigInt(readLength(window));
  window.at += 1;
  return wide(window);
}

function wide(window: ByteWindow): bigint {
  need(window, 8);
  window.at += 8;
  return window.bytes.readBigUInt64BE(window.at - 8);
}

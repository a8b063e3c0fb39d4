import type { Step } from './packet.ts';
import { LONGEST_RECORD } from './packet.ts';

const FILE_HEAD = 24;
const RECORD_HEAD = 16;
/** First four bytes, as a big-endian number: byte order, and parts of a second. */
const MAGIC: ReadonlyMap<number, { readonly little: boolean; readonly perMs: number }> = new Map([
  [0xa1b2c3d4, { little: false, perMs: 1_000 }],
  [0xd4c3b2a1, { little: true, perMs: 1_000 }],
  [0xa1b23c4d, { little: false, perMs: 1_000_000 }],
  [0x4d3cb2a1, { little: true, perMs: 1_000_000 }],
]);

export function isClassic(head: Buffer): boolean {
  return head.length >= 4 && MAGIC.has(head.readUInt32BE(0));
}

/** The classic capture file: a head, then records. */
export function classicFile(): (bytes: Buffer, at: number) => Step {
  let form: { readonly little: boolean; readonly perMs: number } | undefined;
  let link = 0;
  return (bytes, at) => {
    const number = (place: number): number =>
      form?.little === true ? bytes.readUInt32LE(place) : bytes.readUInt32BE(place);
    const there = bytes.length - at;
    if (form === undefined) {
      if (there < FILE_HEAD) return { need: FILE_HEAD };
      form = MAGIC.get(bytes.readUInt32BE(at));
      if (form === undefined) return { end: 'it is no packet capture' };
      link = number(at + 20) & 0xffff;
      return { read: FILE_HEAD };
    }
    if (there < RECORD_HEAD) return { need: RECORD_HEAD };
    const length = number(at + 8);
    if (length > LONGEST_RECORD)
      return { end: 'a packet longer than any: what follows cannot be told apart' };
    if (there < RECORD_HEAD + length) return { need: RECORD_HEAD + length };
    const time = number(at) * 1_000 + number(at + 4) / form.perMs;
    const from = at + RECORD_HEAD;
    return { read: RECORD_HEAD + length, packet: { time, link, bytes: bytes.subarray(from, from + length) } };
  };
}

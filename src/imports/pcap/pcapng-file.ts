import type { Step } from './packet.ts';
import { LONGEST_RECORD } from './packet.ts';

const BLOCK = { section: 0x0a0d0d0a, interface: 1, oldPacket: 2, simplePacket: 3, packet: 6 } as const;
const OPTION = { end: 0, resolution: 9, offset: 14 } as const;
const ORDER = 0x1a2b3c4d;
const MOST_INTERFACES = 1_000;
const TWO_32 = 4_294_967_296;

interface Interface {
  readonly link: number;
  /** Of one tick. */
  readonly ms: number;
  readonly offsetMs: number;
}

export function isPcapng(head: Buffer): boolean {
  return head.length >= 4 && head.readUInt32BE(0) === BLOCK.section;
}

/** The newer capture file: blocks, whose byte order each section chooses. */
export function pcapngFile(): (bytes: Buffer, at: number) => Step {
  let little = false;
  let interfaces: Interface[] = [];

  const long = (bytes: Buffer, at: number): number =>
    little ? bytes.readUInt32LE(at) : bytes.readUInt32BE(at);
  const short = (bytes: Buffer, at: number): number =>
    little ? bytes.readUInt16LE(at) : bytes.readUInt16BE(at);

  const addInterface = (body: Buffer): void => {
    if (body.length < 8 || interfaces.length >= MOST_INTERFACES) return;
    let [ms, offsetMs] = [0.001, 0];
    for (let at = 8; at + 4 <= body.length; ) {
      const [code, length] = [short(body, at), short(body, at + 2)];
      const value = body.subarray(at + 4, at + 4 + length);
      if (code === OPTION.end) break;
      if (code === OPTION.resolution && value.length === 1) ms = tickMs(value[0] ?? 6);
      if (code === OPTION.offset && value.length === 8) {
        const seconds = little ? value.readBigInt64LE(0) : value.readBigInt64BE(0);
        offsetMs = Number(seconds) * 1_000;
      }
      at += 4 + length + ((4 - (length % 4)) % 4);
    }
    interfaces.push({ link: short(body, 0), ms, offsetMs });
  };
  /** Where a packet's bytes begin in its block, and what stands in front. */
  const packetOf = (type: number, body: Buffer, read: number): Step => {
    const from = type === BLOCK.simplePacket ? 4 : 20;
    if (body.length < from) return { read, why: 'a packet without its head' };
    const index = type === BLOCK.packet ? long(body, 0) : type === BLOCK.oldPacket ? short(body, 0) : 0;
    const on = interfaces[index];
    if (on === undefined) return { read, why: 'a packet of an interface that is not described' };
    const length = type === BLOCK.simplePacket ? long(body, 0) : long(body, 12);
    const ticks = long(body, 4) * TWO_32 + long(body, 8);
    const time = type === BLOCK.simplePacket ? Number.NaN : ticks * on.ms + on.offsetMs;
    return { read, packet: { time, link: on.link, bytes: body.subarray(from, from + length) } };
  };
  return (bytes, at) => {
    const there = bytes.length - at;
    if (there < 12) return { need: 12 };
    const section = bytes.readUInt32BE(at) === BLOCK.section;
    if (section) {
      little = bytes.readUInt32LE(at + 8) === ORDER;
      if (!little && bytes.readUInt32BE(at + 8) !== ORDER) return { end: 'a section without its byte order' };
      interfaces = [];
    }
    const length = long(bytes, at + 4);
    if (length < 12 || length % 4 !== 0 || length > LONGEST_RECORD) {
      return { end: 'a block of an impossible length: what follows cannot be told apart' };
    }
    if (there < length) return { need: length };
    const type = long(bytes, at);
    const body = bytes.subarray(at + 8, at + length - 4);
    if (type === BLOCK.interface) addInterface(body);
    const carries = type === BLOCK.packet || type === BLOCK.simplePacket || type === BLOCK.oldPacket;
    return carries ? packetOf(type, body, length) : { read: length };
  };
}

/** A power of ten, or with the highest bit set a power of two; milliseconds of one tick. */
function tickMs(resolution: number): number {
  const power = resolution & 0x7f;
  return 1_000 * (resolution > 0x7f ? 2 ** -power : 10 ** -power);
}

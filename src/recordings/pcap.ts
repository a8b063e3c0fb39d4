import { isIPv4, isIPv6 } from 'node:net';
import type { RecordingHead, Speaker } from '../model/recording.ts';
import type { Piece } from './read-recording.ts';

/** IP packets without a link layer. */
const LINKTYPE_RAW = 101;
const SNAPLEN = 65_535;
/** What fits into a packet of an Ethernet. */
const SEGMENT = 1_440;
const IPV4_HEAD = 20;
const IPV6_HEAD = 40;
const TCP_HEAD = 20;
const FLAGS = { syn: 0x02, synAck: 0x12, ack: 0x10, data: 0x18, fin: 0x11 } as const;

/**
 * A recording as a packet capture that Wireshark opens. Addresses, ports, times and content are true; packets and sequence
 * numbers are made up, and what was not kept is a hole in the sequence numbers, as for a capture that lost packets.
 */
export async function* pcap(head: RecordingHead, pieces: AsyncIterable<Piece>): AsyncGenerator<Buffer> {
  const sent: Record<Speaker, number> = { visitor: 0, sensor: 0 };
  const packet = (from: Speaker, flags: number, ms: number, payload: Buffer = NOTHING): Buffer => {
    const to = from === 'visitor' ? 'sensor' : 'visitor';
    const ack = flags === FLAGS.syn ? 0 : sent[to];
    const bytes = ipPacket(head, from, { flags, sequence: sent[from], ack }, payload);
    sent[from] = (sent[from] + payload.length + (flags & 0x03 ? 1 : 0)) >>> 0;
    return Buffer.concat([recordHead(head.opened + ms, bytes.length), bytes]);
  };
  yield fileHead();
  yield packet('visitor', FLAGS.syn, 0);
  yield packet('sensor', FLAGS.synAck, 0);
  yield packet('visitor', FLAGS.ack, 0);
  for await (const piece of pieces) {
    switch (piece.kind) {
      case 'bytes':
        for (let at = 0; at < piece.bytes.length; at += SEGMENT) {
          yield packet(piece.from, FLAGS.data, piece.ms, piece.bytes.subarray(at, at + SEGMENT));
        }
        break;
      case 'gap':
        sent.visitor = (sent.visitor + piece.gap.visitor) >>> 0;
        sent.sensor = (sent.sensor + piece.gap.sensor) >>> 0;
        break;
      case 'end':
        yield packet('visitor', FLAGS.fin, piece.ms);
        yield packet('sensor', FLAGS.fin, piece.ms);
        yield packet('visitor', FLAGS.ack, piece.ms);
        break;
      case 'missing':
        break;
    }
  }
}

const NOTHING: Buffer = Buffer.alloc(0);

function fileHead(): Buffer {
  const head = Buffer.alloc(24);
  head.writeUInt32LE(0xa1b2c3d4, 0);
  head.writeUInt16LE(2, 4);
  head.writeUInt16LE(4, 6);
  head.writeUInt32LE(SNAPLEN, 16);
  head.writeUInt32LE(LINKTYPE_RAW, 20);
  return head;
}

function recordHead(ms: number, length: number): Buffer {
  const head = Buffer.alloc(16);
  const micros = Math.max(0, Math.round(ms * 1_000));
  head.writeUInt32LE(Math.floor(micros / 1_000_000) >>> 0, 0);
  head.writeUInt32LE(micros % 1_000_000, 4);
  head.writeUInt32LE(length, 8);
  head.writeUInt32LE(length, 12);
  return head;
}

function ipPacket(
  { peer, local }: RecordingHead,
  from: Speaker,
  tcp: { readonly flags: number; readonly sequence: number; readonly ack: number },
  payload: Buffer,
): Buffer {
  const [source, target] = from === 'visitor' ? [peer, local] : [local, peer];
  const narrow = isIPv4(source.address) && isIPv4(target.address);
  const ipHead = narrow ? IPV4_HEAD : IPV6_HEAD;
  const bytes = Buffer.alloc(ipHead + TCP_HEAD + payload.length);
  const addresses = Buffer.concat(
    [source, target].map(({ address }) => (narrow ? ipv4(address) : ipv6(address))),
  );
  if (narrow) {
    bytes.writeUInt16BE(0x4500, 0);
    bytes.writeUInt16BE(bytes.length, 2);
    // Not to be fragmented; 64 hops; TCP.
    bytes.writeUInt16BE(0x4000, 6);
    bytes.writeUInt16BE(0x4006, 8);
    addresses.copy(bytes, 12);
    bytes.writeUInt16BE(checksum(bytes.subarray(0, IPV4_HEAD)), 10);
  } else {
    bytes[0] = 0x60;
    bytes.writeUInt16BE(bytes.length - IPV6_HEAD, 4);
    bytes.writeUInt16BE(0x0640, 6);
    addresses.copy(bytes, 8);
  }
  bytes.writeUInt16BE(source.port & 0xffff, ipHead);
  bytes.writeUInt16BE(target.port & 0xffff, ipHead + 2);
  bytes.writeUInt32BE(tcp.sequence, ipHead + 4);
  bytes.writeUInt32BE(tcp.ack, ipHead + 8);
  bytes[ipHead + 12] = (TCP_HEAD / 4) << 4;
  bytes[ipHead + 13] = tcp.flags;
  bytes.writeUInt16BE(0xffff, ipHead + 14);
  payload.copy(bytes, ipHead + TCP_HEAD);
  // The pseudo header's sum is the same for both families: addresses, protocol, length.
  const body = bytes.subarray(ipHead);
  const pseudo = Buffer.concat([addresses, Buffer.from([0, 6, body.length >> 8, body.length & 0xff])]);
  bytes.writeUInt16BE(checksum(Buffer.concat([pseudo, body])), ipHead + 16);
  return bytes;
}

/** The Internet checksum (RFC 1071). */
function checksum(bytes: Buffer): number {
  let sum = 0;
  for (let at = 0; at < bytes.length; at += 2) sum += ((bytes[at] ?? 0) << 8) | (bytes[at + 1] ?? 0);
  while (sum > 0xffff) sum = (sum & 0xffff) + (sum >>> 16);
  return ~sum & 0xffff;
}

function ipv4(address: string): Buffer {
  return Buffer.from(address.split('.').map(Number));
}

/** Any address; an IPv4 one as IPv6 maps it, what is none as `::`. */
function ipv6(address: string): Buffer {
  const bytes = Buffer.alloc(16);
  if (isIPv4(address)) {
    bytes.writeUInt16BE(0xffff, 10);
    ipv4(address).copy(bytes, 12);
    return bytes;
  }
  const [plain = ''] = address.split('%');
  if (!isIPv6(plain)) return bytes;
  const dotted = /^(.*:)(\d+\.\d+\.\d+\.\d+)$/.exec(plain);
  const text =
    dotted === null
      ? plain
      : `${dotted[1] ?? ''}${ipv4(dotted[2] ?? '')
          .toString('hex')
          .replace(/^.{4}/, '$&:')}`;
  const [front = '', back = ''] = text.split('::');
  const groups = (part: string): number[] =>
    part === '' ? [] : part.split(':').map((group) => Number.parseInt(group, 16));
  for (const [at, group] of groups(front).entries()) bytes.writeUInt16BE(group, 2 * at);
  const last = groups(back);
  for (const [at, group] of last.entries()) bytes.writeUInt16BE(group, 16 - 2 * (last.length - at));
  return bytes;
}

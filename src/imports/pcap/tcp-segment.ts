/** One TCP segment. Addresses are their 4 or 16 bytes, one character a byte. */
export interface TcpSegment {
  readonly source: string;
  readonly sourcePort: number;
  readonly target: string;
  readonly targetPort: number;
  readonly sequence: number;
  readonly syn: boolean;
  readonly ack: boolean;
  /** FIN or RST. */
  readonly fin: boolean;
  readonly rst: boolean;
  readonly payload: Buffer;
}

const ETHER = { ipv4: 0x0800, ipv6: 0x86dd } as const;
/** 802.1Q, 802.1ad and what came before it: four more bytes in front of the next type. */
const VLAN = new Set([0x8100, 0x88a8, 0x9100]);
const TCP = 6;
/** Hop-by-hop options, routing, destination options: passed over. */
const EXTENSIONS = new Set([0, 43, 60]);

/** The TCP segment in a packet; undefined when there is none: another protocol, a fragment, cut within a head. */
export function tcpSegment(link: number, bytes: Buffer): TcpSegment | undefined {
  const packet = ipPacket(link, bytes);
  const version = (packet?.[0] ?? 0) >> 4;
  if (packet === undefined) return undefined;
  if (version === 4) return inIpv4(packet);
  return version === 6 ? inIpv6(packet) : undefined;
}

/** What follows the link layer's head (tcpdump.org/linktypes.html). */
function ipPacket(link: number, bytes: Buffer): Buffer | undefined {
  switch (link) {
    case 1: {
      let at = 12;
      while (at + 2 <= bytes.length && VLAN.has(bytes.readUInt16BE(at))) at += 4;
      return behind(bytes, at);
    }
    // BSD loopback: four bytes of the family, in the writer's byte order or the network's.
    case 0:
    case 108:
      return bytes.subarray(4);
    // Linux "any" captures, the first and the second form.
    case 113:
      return behind(bytes, 14);
    case 276:
      return isIp(bytes, 0) ? bytes.subarray(20) : undefined;
    // IP without a link layer.
    case 12:
    case 14:
    case 101:
    case 228:
    case 229:
      return bytes;
    default:
      return undefined;
  }
}

function isIp(bytes: Buffer, at: number): boolean {
  const type = at + 2 <= bytes.length ? bytes.readUInt16BE(at) : 0;
  return type === ETHER.ipv4 || type === ETHER.ipv6;
}

function behind(bytes: Buffer, at: number): Buffer | undefined {
  return isIp(bytes, at) ? bytes.subarray(at + 2) : undefined;
}

function inIpv4(packet: Buffer): TcpSegment | undefined {
  if (packet.length < 20) return undefined;
  const head = ((packet[0] ?? 0) & 0x0f) * 4;
  const fragment = packet.readUInt16BE(6) & 0x3fff;
  if (head < 20 || fragment !== 0 || packet[9] !== TCP) return undefined;
  // 0 is what the card was left to fill in.
  const total = packet.readUInt16BE(2) || packet.length;
  return segmentOf(
    packet.subarray(head, Math.max(head, total)),
    packet.subarray(12, 16),
    packet.subarray(16, 20),
  );
}

function inIpv6(packet: Buffer): TcpSegment | undefined {
  if (packet.length < 40) return undefined;
  const length = packet.readUInt16BE(4);
  const end = length === 0 ? packet.length : 40 + length;
  let next = packet[6] ?? 0;
  let at = 40;
  for (let count = 0; EXTENSIONS.has(next) && count < 8; count++) {
    next = packet[at] ?? 255;
    at += 8 + (packet[at + 1] ?? 0) * 8;
  }
  if (next !== TCP) return undefined;
  return segmentOf(packet.subarray(at, Math.max(at, end)), packet.subarray(8, 24), packet.subarray(24, 40));
}

function segmentOf(tcp: Buffer, source: Buffer, target: Buffer): TcpSegment | undefined {
  if (tcp.length < 20) return undefined;
  const head = ((tcp[12] ?? 0) >> 4) * 4;
  if (head < 20 || head > tcp.length) return undefined;
  const flags = tcp[13] ?? 0;
  return {
    source: source.toString('latin1'),
    sourcePort: tcp.readUInt16BE(0),
    target: target.toString('latin1'),
    targetPort: tcp.readUInt16BE(2),
    sequence: tcp.readUInt32BE(4),
    syn: (flags & 0x02) !== 0,
    ack: (flags & 0x10) !== 0,
    fin: (flags & 0x01) !== 0,
    rst: (flags & 0x04) !== 0,
    payload: tcp.subarray(head),
  };
}

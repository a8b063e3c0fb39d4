/** Packet captures made by hand: what one side sends, in pieces, with the numbers that TCP gives them. */
export interface Sent {
  readonly from: 'visitor' | 'server';
  readonly data?: string;
  /** Sequence number relative to the first byte of its side. */
  readonly at?: number;
  readonly flags?: number;
  /** Milliseconds since 1970 UTC. */
  readonly time: number;
}

export interface CaptureForm {
  readonly little?: boolean;
  readonly nanos?: boolean;
  readonly ng?: boolean;
  readonly ipv6?: boolean;
  readonly ethernet?: boolean;
  readonly port?: number;
}

export const FLAG = { fin: 0x11, syn: 0x02, synAck: 0x12, rst: 0x14, data: 0x18 } as const;
/** Close to the end, so that the numbers wrap. */
const FIRST = { visitor: 0xffff_fff0, server: 1_000 };

export function capture(sent: readonly Sent[], form: CaptureForm = {}): Buffer {
  const { little = true, nanos = false, ng = false, ethernet = true } = form;
  const link = ethernet ? 1 : 101;
  const numbers = (...values: readonly number[]): Buffer => {
    const out = Buffer.alloc(4 * values.length);
    for (const [index, value] of values.entries()) {
      if (little) out.writeUInt32LE(value, 4 * index);
      else out.writeUInt32BE(value, 4 * index);
    }
    return out;
  };
  const half = (a: number, b: number): number => (little ? a | (b << 16) : (a << 16) | b) >>> 0;
  const block = (type: number, body: Buffer): Buffer => {
    const padded = Buffer.concat([body, Buffer.alloc((4 - (body.length % 4)) % 4)]);
    const length = padded.length + 12;
    return Buffer.concat([numbers(type, length), padded, numbers(length)]);
  };
  const packets = sent.map((one) => ({ time: one.time, bytes: frame(one, form) }));
  if (ng) {
    return Buffer.concat([
      block(0x0a0d0d0a, numbers(0x1a2b3c4d, half(1, 0), 0xffffffff, 0xffffffff)),
      block(1, numbers(half(link, 0), 65_535)),
      ...packets.map(({ time, bytes }) => {
        const ticks = BigInt(time) * 1_000n;
        const [high, low] = [Number(ticks >> 32n), Number(ticks & 0xffffffffn)];
        return block(6, Buffer.concat([numbers(0, high, low, bytes.length, bytes.length), bytes]));
      }),
    ]);
  }
  const head = [nanos ? 0xa1b23c4d : 0xa1b2c3d4, half(2, 4), 0, 0, 65_535, link];
  return Buffer.concat([
    numbers(...head),
    ...packets.flatMap(({ time, bytes }) => {
      const part = (time % 1_000) * (nanos ? 1_000_000 : 1_000);
      return [numbers(Math.floor(time / 1_000), part, bytes.length, bytes.length), bytes];
    }),
  ]);
}

function frame({ from, data = '', at = 0, flags = FLAG.data }: Sent, form: CaptureForm): Buffer {
  const { ipv6 = false, ethernet = true, port = 6379 } = form;
  const payload = Buffer.from(data, 'latin1');
  const tcp = Buffer.alloc(20);
  tcp.writeUInt16BE(from === 'visitor' ? 40_000 : port, 0);
  tcp.writeUInt16BE(from === 'visitor' ? port : 40_000, 2);
  const syn = (flags & FLAG.syn) !== 0;
  tcp.writeUInt32BE((FIRST[from] + (syn ? -1 : at)) >>> 0, 4);
  tcp[12] = 0x50;
  tcp[13] = flags;
  const [visitor, server] = ipv6
    ? ['20010db8000000000000000000000005', '20010db8000000000000000000000001']
    : ['cb007105', 'c0000201'];
  const ends = Buffer.from(from === 'visitor' ? visitor + server : server + visitor, 'hex');
  const head = Buffer.alloc(ipv6 ? 8 : 12);
  const length = 20 + payload.length;
  if (ipv6) {
    head[0] = 0x60;
    head.writeUInt16BE(length, 4);
    head[6] = 6;
  } else {
    head[0] = 0x45;
    head.writeUInt16BE(20 + length, 2);
    head[9] = 6;
  }
  // An Ethernet frame has 60 bytes at least: short ones are padded, and the padding is not data.
  const bytes = Buffer.concat([head, ends, tcp, payload]);
  if (!ethernet) return bytes;
  const type = Buffer.from(ipv6 ? '86dd' : '0800', 'hex');
  const padding = Buffer.alloc(Math.max(0, 46 - bytes.length), 'P');
  return Buffer.concat([Buffer.alloc(12), type, bytes, padding]);
}

import { describe, expect, test } from 'vitest';
import type { RecordingHead } from '../model/recording.ts';
import { pcap } from './pcap.ts';
import type { Piece } from './read-recording.ts';

function head(peer: string, local: string): RecordingHead {
  return {
    session: 'a1',
    sensor: 'redis',
    peer: { address: peer, port: 40_000 },
    local: { address: local, port: 6379 },
    opened: 1_768_478_400_000,
  };
}

interface Packet {
  readonly time: number;
  readonly ip: Buffer;
}

async function captured(about: RecordingHead, pieces: readonly Piece[]): Promise<Packet[]> {
  async function* stream(): AsyncGenerator<Piece> {
    yield* pieces;
  }
  const all: Buffer[] = [];
  for await (const bytes of pcap(about, stream())) all.push(bytes);
  const file = Buffer.concat(all);
  expect([file.readUInt32LE(0), file.readUInt32LE(20)]).toEqual([0xa1b2c3d4, 101]);
  const packets: Packet[] = [];
  for (let at = 24; at < file.length; ) {
    const length = file.readUInt32LE(at + 8);
    const time = file.readUInt32LE(at) * 1_000 + file.readUInt32LE(at + 4) / 1_000;
    packets.push({ time, ip: file.subarray(at + 16, at + 16 + length) });
    at += 16 + length;
  }
  return packets;
}

const bytes = (from: 'visitor' | 'sensor', text: string, ms: number): Piece => ({
  kind: 'bytes',
  ms,
  from,
  bytes: Buffer.from(text, 'latin1'),
});
/** Ones' complement sum; 0xffff over a whole header with a right checksum. */
const sum = (data: Buffer): number => {
  let total = 0;
  for (let at = 0; at < data.length; at += 2) total += ((data[at] ?? 0) << 8) | (data[at + 1] ?? 0);
  while (total > 0xffff) total = (total & 0xffff) + (total >>> 16);
  return total;
};

describe('packet capture of a recording', () => {
  test('opens, carries both sides in their time, and closes a connection', async () => {
    const packets = await captured(head('203.0.113.5', '192.0.2.1'), [
      bytes('visitor', 'PING\r\n', 10),
      bytes('sensor', '+PONG\r\n', 10.5),
      { kind: 'end', ms: 20 },
    ]);

    expect(packets.map(({ ip }) => ip[33])).toEqual([0x02, 0x12, 0x10, 0x18, 0x18, 0x11, 0x11, 0x10]);
    expect(packets[3]?.time).toBe(1_768_478_400_010);
    expect(packets[4]?.time).toBe(1_768_478_400_010.5);
    expect(packets[3]?.ip.toString('latin1', 40)).toBe('PING\r\n');
    expect([...(packets[4]?.ip.subarray(12, 20) ?? [])]).toEqual([192, 0, 2, 1, 203, 0, 113, 5]);
    expect(packets[4]?.ip.readUInt16BE(20)).toBe(6379);
    // Sequence numbers go on where the last packet of that side ended.
    expect(packets[5]?.ip.readUInt32BE(24)).toBe(7);
    expect(packets[5]?.ip.readUInt32BE(28)).toBe(8);
  });

  test('has right checksums', async () => {
    const packets = await captured(head('203.0.113.5', '192.0.2.1'), [bytes('visitor', 'odd', 1)]);

    for (const { ip } of packets) {
      const tcp = ip.subarray(20);
      const pseudo = Buffer.concat([ip.subarray(12, 20), Buffer.from([0, 6, 0, tcp.length])]);
      expect(sum(ip.subarray(0, 20))).toBe(0xffff);
      expect(sum(Buffer.concat([pseudo, tcp]))).toBe(0xffff);
    }
  });

  test.for([
    ['2001:db8::5', '2001:db8::1', '20010db8000000000000000000000005'],
    ['::1', '::', '00000000000000000000000000000001'],
    ['2001:db8:1:2:3:4:5:6', '::1', '20010db8000100020003000400050006'],
    ['203.0.113.5', '::1', '00000000000000000000ffffcb007105'],
    ['::ffff:203.0.113.5', '::1', '00000000000000000000ffffcb007105'],
    ['no address', '::1', '00000000000000000000000000000000'],
  ])('tells the address %s', async ([peer = '', local = '', expected]) => {
    const [packet] = await captured(head(peer, local), []);

    expect(packet?.ip.toString('hex', 8, 24)).toBe(expected);
  });

  test('cuts long pieces into packets, and leaves a hole where bytes were not kept', async () => {
    const packets = await captured(head('203.0.113.5', '192.0.2.1'), [
      bytes('sensor', 'x'.repeat(3_000), 1),
      { kind: 'gap', ms: 2, gap: { why: 'source', visitor: 5, sensor: 1_000 } },
      bytes('sensor', 'end', 3),
    ]);

    expect(packets.slice(3).map(({ ip }) => ip.length - 40)).toEqual([1_440, 1_440, 120, 3]);
    expect(packets[6]?.ip.readUInt32BE(24)).toBe(4_001);
  });
});

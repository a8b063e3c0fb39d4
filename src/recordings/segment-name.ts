import { crc32 } from 'node:zlib';

const NAME = /^\d{8}T\d{6}Z-([0-9a-f]{8})\.tape$/;
const SIGNATURE = Buffer.from('SDWTAPE1', 'latin1');
export const SEGMENT_HEAD = 16;

/**
 * A segment is named after the time it was begun and its salt: `20261125T001205Z-1f2e3d4c.tape`, so that names sort by
 * time. The salt goes into every checksum: a visitor, who does not know it, cannot send bytes that would be taken for
 * frames when those before them are damaged.
 */
export function segmentName(time: number, salt: number): string {
  const stamp = new Date(time).toISOString().slice(0, 19).replace(/[-:]/g, '');
  return `${stamp}Z-${salt.toString(16).padStart(8, '0')}.tape`;
}

export function isSegmentName(name: string): boolean {
  return NAME.test(name);
}

export function indexName(segment: string): string {
  return segment.replace(/\.tape$/, '.index');
}

/** The first bytes of a segment. */
export function segmentHead(salt: number): Buffer {
  const head = Buffer.alloc(SEGMENT_HEAD);
  SIGNATURE.copy(head);
  head.writeUInt32LE(salt, 8);
  head.writeUInt32LE(crc32(head.subarray(0, 12)), 12);
  return head;
}

/** The salt of a segment: from its head, or from its name when the head is damaged. Undefined when it is no segment. */
export function saltOf(head: Buffer, name: string): number | undefined {
  const whole =
    head.length >= SEGMENT_HEAD &&
    head.subarray(0, SIGNATURE.length).equals(SIGNATURE) &&
    head.readUInt32LE(12) === crc32(head.subarray(0, 12));
  if (whole) return head.readUInt32LE(8);
  const named = NAME.exec(name)?.[1];
  return named === undefined ? undefined : Number.parseInt(named, 16);
}

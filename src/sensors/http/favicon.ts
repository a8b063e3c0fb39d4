import type { Random } from '../../platform/random.ts';

const SIDE = 16;
const HEADER = 22;
const INFO = 40;

/**
 * A 16x16 icon with a pattern of its own, mirrored as such marks are. Scanners search by the hash of a favicon: two sensors
 * must not share one, nor have that of another product.
 */
export function createFavicon(random: Random): Buffer {
  const [colour, back] = [random.below(0x1000000), 0xffffff];
  const pixels = Buffer.alloc(SIDE * SIDE * 4);
  for (let y = 0; y < SIDE; y += 2) {
    for (let x = 0; x < SIDE / 2; x += 2) {
      const value = random.below(2) === 0 ? colour : back;
      for (const [dx, dy] of [
        [0, 0],
        [1, 0],
        [0, 1],
        [1, 1],
      ] as const) {
        for (const at of [x + dx, SIDE - 1 - x - dx]) {
          pixels.writeUInt32LE((0xff000000 | value) >>> 0, ((y + dy) * SIDE + at) * 4);
        }
      }
    }
  }
  const mask = Buffer.alloc(SIDE * 4);
  const head = Buffer.alloc(HEADER + INFO);
  // ICONDIR with one ICONDIRENTRY, then BITMAPINFOHEADER; the height counts the mask too.
  head.writeUInt16LE(1, 2);
  head.writeUInt16LE(1, 4);
  head.writeUInt8(SIDE, 6);
  head.writeUInt8(SIDE, 7);
  head.writeUInt16LE(1, 10);
  head.writeUInt16LE(32, 12);
  head.writeUInt32LE(INFO + pixels.length + mask.length, 14);
  head.writeUInt32LE(HEADER, 18);
  head.writeUInt32LE(INFO, 22);
  head.writeInt32LE(SIDE, 26);
  head.writeInt32LE(SIDE * 2, 30);
  head.writeUInt16LE(1, 34);
  head.writeUInt16LE(32, 36);
  head.writeUInt32LE(pixels.length + mask.length, 42);
  return Buffer.concat([head, pixels, mask]);
}

/** A canvas of dots, drawn with Braille characters of two by four; UTF-8 as a byte string. */
interface DotCanvas {
  readonly width: number;
  readonly height: number;
  line(fromX: number, fromY: number, toX: number, toY: number): void;
  text(): string;
}

/** Bits of a Braille character by row and column. */
const BITS = [
  [0x01, 0x08],
  [0x02, 0x10],
  [0x04, 0x20],
  [0x40, 0x80],
];
const EMPTY = 0x2800;

export function createDotCanvas(width: number, height: number): DotCanvas {
  const dots = new Uint8Array(width * height);
  const set = (x: number, y: number): void => {
    if (x >= 0 && y >= 0 && x < width && y < height) dots[y * width + x] = 1;
  };
  const cell = (left: number, top: number): string => {
    let code = EMPTY;
    for (const [row, bits] of BITS.entries()) {
      for (const [column, bit] of bits.entries()) {
        const [x, y] = [left + column, top + row];
        if (x < width && y < height && dots[y * width + x] === 1) code |= bit;
      }
    }
    return Buffer.from(String.fromCharCode(code)).toString('latin1');
  };
  return {
    width,
    height,
    line: (fromX, fromY, toX, toY) => {
      const steps = Math.max(Math.abs(toX - fromX), Math.abs(toY - fromY), 1);
      for (let step = 0; step <= steps; step++) {
        set(
          Math.round(fromX + ((toX - fromX) * step) / steps),
          Math.round(fromY + ((toY - fromY) * step) / steps),
        );
      }
    },
    text: () => {
      const lines: string[] = [];
      for (let top = 0; top < height; top += 4) {
        let line = '';
        for (let left = 0; left < width; left += 2) line += cell(left, top);
        lines.push(`${line}\n`);
      }
      return lines.join('');
    },
  };
}

import type { Random } from '../../platform/random.ts';
import { createDotCanvas } from './braille.ts';

const fraction = (random: Random): number => random.below(1_000_001) / 1_000_000;

/** Squares in rows that fall into disorder towards the bottom, after Georg Nees, 1968. */
export function disorder(random: Random, columns: number, across: number, down: number): string {
  const width = columns * 2;
  const padding = width > 4 ? 2 : 0;
  const side = (width - padding * 2) / across;
  const canvas = createDotCanvas(width, Math.trunc(side * down + padding * 2));
  for (let y = 0; y < down; y++) {
    for (let x = 0; x < across; x++) {
      const [turn, right, below] =
        y > 1 ? [slip(random, down, y), slip(random, down, y), slip(random, down, y)] : [0, 0, 0];
      const middleX = x * side + side / 2 + padding + (right * side) / 3;
      const middleY = y * side + side / 2 + padding + (below * side) / 3;
      square(canvas, Math.trunc(middleX), Math.trunc(middleY), side, turn);
    }
  }
  return canvas.text();
}

/** Up to so far out of order, to either side. */
function slip(random: Random, down: number, y: number): number {
  const amount = (fraction(random) / down) * y;
  return random.below(2) === 0 ? amount : -amount;
}

function square(
  canvas: ReturnType<typeof createDotCanvas>,
  x: number,
  y: number,
  side: number,
  turn: number,
): void {
  const radius = Math.round(side / Math.SQRT2);
  const corners = [0.25, 0.75, 1.25, 1.75].map((part) => {
    const angle = part * Math.PI + turn;
    return [Math.round(Math.sin(angle) * radius + x), Math.round(Math.cos(angle) * radius + y)] as const;
  });
  for (const [at, [fromX, fromY]] of corners.entries()) {
    const [toX, toY] = corners[(at + 1) % corners.length] ?? [fromX, fromY];
    canvas.line(fromX, fromY, toX, toY);
  }
}

/** Black, dark, light, white: foreground and background alike. */
const SHADES = ['0;30;40m', '0;90;100m', '0;37;47m', '0;97;107m'];
const [BLACK, DARK, LIGHT, WHITE] = [0, 1, 2, 3];

/** Towers before a bright sky, a shade a cell. */
export function skyline(random: Random, columns: number, rows: number): string {
  const cells = Array.from({ length: rows }, () => Array.from({ length: columns }, () => WHITE));
  for (let layer = 0; layer < 3; layer++) {
    const shade = [LIGHT, DARK, BLACK][layer] ?? BLACK;
    for (let left = -random.below(5); left < columns; ) {
      const width = 10 + random.below(8);
      const height = Math.min(rows - 1, Math.trunc((rows * (3 - layer)) / 4) + random.below(5) - 2);
      tower(cells, random, { left, width, top: rows - height, shade });
      left += Math.trunc(width / 2) + random.below(width * 2);
    }
  }
  return cells
    .map((row) => `${row.map((shade) => `\u001b[${SHADES[shade] ?? SHADES[0]} \u001b[0m`).join('')}\n`)
    .join('');
}

function tower(
  cells: number[][],
  random: Random,
  { left, width, top, shade }: { left: number; width: number; top: number; shade: number },
): void {
  const lit = shade === BLACK ? LIGHT : shade === DARK ? WHITE : LIGHT;
  for (let y = Math.max(0, top); y < cells.length; y++) {
    const row = cells[y] ?? [];
    for (let x = Math.max(0, left); x < Math.min(row.length, left + width); x++) {
      const window =
        (x - left) % 3 === 1 && (y - top) % 2 === 1 && x < left + width - 1 && random.below(3) === 0;
      row[x] = window ? lit : shade;
    }
  }
}

/** Verses of our own, put together by chance as in an early computer poem. */
const VERSES = [
  'THE EVENING   LEANS   UPON THE WATER',
  'WITHOUT A WORD   IT WAITS',
  'A LANTERN   MOVES   ALONG THE HARBOUR',
  'WHILE EVERY WINDOW   LEARNS   TO SHINE',
  'THE ROADS   FORGET   WHERE THEY BEGAN',
  'UNTIL THE RAIN   COMES BACK',
  'BETWEEN TWO TREES   THE MOON',
  'IT GATHERS   SLOWLY',
  'THE CITY   COUNTS   ITS SLEEPING BIRDS',
  'A HUNDRED TIMES   MORE QUIET   THAN THE SNOW',
  'AND ALL THE CLOCKS   AGREE',
  'I HEAR   THE STONES   TURN OVER',
];

export function poem(random: Random): string {
  const left = [...VERSES];
  let text = '';
  for (let line = 0; line < 10; line++) text += ` ${left.splice(random.below(left.length), 1)[0] ?? ''} \n`;
  return text;
}

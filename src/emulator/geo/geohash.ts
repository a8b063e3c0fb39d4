/** A cell of the grid that halves the world's longitudes and latitudes `step` times. */
export interface Cell {
  readonly step: number;
  /** Columns from west, rows from south. */
  readonly column: number;
  readonly row: number;
}

export interface Position {
  readonly longitude: number;
  readonly latitude: number;
}

export interface Area {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

/** The world as Redis cuts it: latitudes as far as Web Mercator goes. */
export const WORLD: Area = { west: -180, east: 180, south: -85.051_128_78, north: 85.051_128_78 };
/** The world of the geohashes that everybody else uses. */
const WHOLE_WORLD: Area = { west: -180, east: 180, south: -90, north: 90 };
/** Halvings of a score. */
export const MOST_STEPS = 26;

export function cellOf({ longitude, latitude }: Position, step: number, world = WORLD): Cell {
  const cells = 2 ** step;
  return {
    step,
    column: Math.trunc(((longitude - world.west) / (world.east - world.west)) * cells),
    row: Math.trunc(((latitude - world.south) / (world.north - world.south)) * cells),
  };
}

export function areaOf({ step, column, row }: Cell): Area {
  const cells = 2 ** step;
  const [width, height] = [WORLD.east - WORLD.west, WORLD.north - WORLD.south];
  return {
    south: WORLD.south + (row / cells) * height,
    north: WORLD.south + ((row + 1) / cells) * height,
    west: WORLD.west + (column / cells) * width,
    east: WORLD.west + ((column + 1) / cells) * width,
  };
}

/** The cell so many columns east and rows north; at the end of the world it goes on at the other one. */
export function neighbour({ step, column, row }: Cell, east: number, north: number): Cell {
  const cells = 2 ** step;
  const moved = (place: number, by: number): number => (by === 0 ? place : (place + by + cells) % cells);
  return { step, column: moved(column, east), row: moved(row, north) };
}

/** The cell as a number: the bits of column and row in turn. */
export function bitsOf({ column, row }: Cell): bigint {
  return (spread(column) << 1n) | spread(row);
}

/** The least score in a cell, and the first one behind it. */
export function scoresOf(cell: Cell): { readonly from: number; readonly to: number } {
  const bits = bitsOf(cell);
  const shift = BigInt(52 - 2 * cell.step);
  return { from: Number(bits << shift), to: Number((bits + 1n) << shift) };
}

/** Puts a zero before every bit. */
function spread(value: number): bigint {
  const high = spreadHalf(Math.floor(value / 65_536));
  return (BigInt(high) << 32n) | BigInt(spreadHalf(value % 65_536));
}

function spreadHalf(value: number): number {
  let bits = value;
  bits = (bits | (bits << 8)) & 0x00ff_00ff;
  bits = (bits | (bits << 4)) & 0x0f0f_0f0f;
  bits = (bits | (bits << 2)) & 0x3333_3333;
  return ((bits | (bits << 1)) & 0x5555_5555) >>> 0;
}

function gatherHalf(value: number): number {
  let bits = value & 0x5555_5555;
  bits = (bits | (bits >>> 1)) & 0x3333_3333;
  bits = (bits | (bits >>> 2)) & 0x0f0f_0f0f;
  bits = (bits | (bits >>> 4)) & 0x00ff_00ff;
  return (bits | (bits >>> 8)) & 0xffff;
}

/** The score as the unsigned 64-bit integer that a processor makes of it, in halves. */
function halvesOf(score: number): { readonly high: number; readonly low: number } {
  if (score >= 2 ** 64 || Number.isNaN(score)) return { high: 0, low: 0 };
  if (score >= 0) return { high: Math.floor(score / 2 ** 32), low: Math.trunc(score) % 2 ** 32 };
  if (score <= -(2 ** 63)) return { high: 0x8000_0000, low: 0 };
  const bits = BigInt.asUintN(64, BigInt(Math.trunc(score)));
  return { high: Number(bits >> 32n), low: Number(bits & 0xffff_ffffn) };
}

/** The middle of the cell that a score stands for. */
export function positionOf(score: number): Position {
  const { high, low } = halvesOf(score);
  const row = gatherHalf(high) * 65_536 + gatherHalf(low);
  const column = gatherHalf(high >>> 1) * 65_536 + gatherHalf(low >>> 1);
  const { west, east, south, north } = areaOf({ step: MOST_STEPS, column, row });
  return {
    longitude: Math.max(WORLD.west, Math.min(WORLD.east, (west + east) / 2)),
    latitude: Math.max(WORLD.south, Math.min(WORLD.north, (south + north) / 2)),
  };
}

const ALPHABET = '0123456789bcdefghjkmnpqrstuvwxyz';

/** The usual geohash, 11 letters: 52 bits and a 0. */
export function geohashText(position: Position): string {
  const bits = bitsOf(cellOf(position, MOST_STEPS, WHOLE_WORLD));
  let text = '';
  for (let shift = 47n; shift > 0n; shift -= 5n) text += ALPHABET[Number((bits >> shift) & 31n)] ?? '';
  return `${text}0`;
}

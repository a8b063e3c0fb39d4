import { degrees, distanceBetween, EARTH_RADIUS, radians } from './distance.ts';
import type { Area, Cell, Position } from './geohash.ts';
import { areaOf, cellOf, MOST_STEPS, neighbour } from './geohash.ts';

/** What is searched: a circle, or a rectangle around its middle. Meters. */
export type Shape =
  | { readonly kind: 'circle'; readonly center: Position; readonly radius: number }
  | { readonly kind: 'box'; readonly center: Position; readonly width: number; readonly height: number };

/** How a release chooses the cells. */
export interface AreaRules {
  /** The bounds are those of the edge that is nearer to the pole (6.2 and later). */
  readonly wideBounds: boolean;
  /** Whether the cells suffice is judged by distances, or (later) by the bounds. */
  readonly byDistance: boolean;
  readonly exact: boolean;
}

const WORLD_METERS = 20_037_726.37;

/** How often to halve the world so that three by three cells hold the circle. */
function stepsFor(radius: number, latitude: number): number {
  if (radius === 0) return MOST_STEPS;
  let steps = -1;
  for (let range = radius; range < WORLD_METERS; range *= 2) steps++;
  const polar = Math.abs(latitude) > 80 ? 2 : Math.abs(latitude) > 66 ? 1 : 0;
  return Math.min(MOST_STEPS, Math.max(1, steps - polar));
}

export function boundsOf(shape: Shape, wide: boolean): Area {
  const { longitude, latitude } = shape.center;
  const height = shape.kind === 'circle' ? shape.radius : shape.height / 2;
  const width = shape.kind === 'circle' ? shape.radius : shape.width / 2;
  const up = degrees(height / EARTH_RADIUS);
  const edge = !wide ? latitude : latitude < 0 ? latitude - up : latitude + up;
  const aside = degrees(width / EARTH_RADIUS / Math.cos(radians(edge)));
  return { west: longitude - aside, east: longitude + aside, south: latitude - up, north: latitude + up };
}

const SIDES = [
  [0, 0],
  [0, 1],
  [0, -1],
  [1, 0],
  [-1, 0],
  [1, 1],
  [-1, 1],
  [1, -1],
  [-1, -1],
] as const;

/** The cells to search, in the order of the server: the middle one, north, south, east, west, then the corners. */
export function cellsFor(shape: Shape, rules: AreaRules): readonly Cell[] {
  const { center } = shape;
  const bounds = boundsOf(shape, rules.wideBounds);
  const radius =
    shape.kind === 'circle' ? shape.radius : Math.sqrt((shape.width / 2) ** 2 + (shape.height / 2) ** 2);
  let steps = stepsFor(radius, center.latitude);
  let middle = cellOf(center, steps);
  if (steps > 1 && isTight(middle, center, radius, bounds, rules)) {
    steps--;
    middle = cellOf(center, steps);
  }
  const area = areaOf(middle);
  const useless = (east: number, north: number): boolean =>
    steps >= 2 &&
    ((north < 0 && area.south < bounds.south) ||
      (north > 0 && area.north > bounds.north) ||
      (east < 0 && area.west < bounds.west) ||
      (east > 0 && area.east > bounds.east));
  const cells: Cell[] = [];
  let last: Cell | undefined;
  for (const [at, [east, north]] of SIDES.entries()) {
    if (useless(east, north)) continue;
    const cell = neighbour(middle, east, north);
    // Searches of half the world come round to the cell before; the middle one does not count.
    if (last !== undefined && last.column === cell.column && last.row === cell.row) continue;
    cells.push(cell);
    if (at > 0) last = cell;
  }
  return cells;
}

/** True when the neighbours do not reach as far as the search. */
function isTight(middle: Cell, center: Position, radius: number, bounds: Area, rules: AreaRules): boolean {
  const north = areaOf(neighbour(middle, 0, 1)).north;
  const south = areaOf(neighbour(middle, 0, -1)).south;
  const east = areaOf(neighbour(middle, 1, 0)).east;
  const west = areaOf(neighbour(middle, -1, 0)).west;
  if (!rules.byDistance) {
    return north < bounds.north || south > bounds.south || east < bounds.east || west > bounds.west;
  }
  const { longitude, latitude } = center;
  return [
    { longitude, latitude: north },
    { longitude, latitude: south },
    { longitude: east, latitude },
    { longitude: west, latitude },
  ].some((edge) => distanceBetween(center, edge, rules.exact) < radius);
}

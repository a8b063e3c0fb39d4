import { z } from 'zod';
import type { PlaceShare } from '../model/campaign.ts';
import { escaped } from './escaped.ts';

/** data/world-map.json: countries as SVG paths, and where the mark of each belongs. */
export const WorldShapes = z.object({
  width: z.number(),
  height: z.number(),
  areas: z.array(z.tuple([z.string(), z.string()])),
  centres: z.array(z.tuple([z.string(), z.number(), z.number()])),
});
export type WorldShapes = z.infer<typeof WorldShapes>;

/** Sources by country as an SVG element; a mark's area grows with the count. */
export function worldMapSvg(
  { width, height, areas, centres }: WorldShapes,
  shares: readonly PlaceShare[],
): string {
  const counts = new Map(shares.map(({ name, sources }) => [name, sources]));
  const most = Math.max(1, ...shares.filter(({ name }) => name !== 'unknown').map(({ sources }) => sources));
  const land = areas.map(
    ([code, path]) => `<path class="land${counts.has(code) ? ' hit' : ''}" d="${escaped(path, 100_000)}"/>`,
  );
  const dots = centres.flatMap(([code, x, y]) => {
    const count = counts.get(code);
    if (count === undefined) return [];
    const radius = (4 + 14 * Math.sqrt(count / most)).toFixed(1);
    return `<circle cx="${x}" cy="${y}" r="${radius}"><title>${escaped(code)}: ${count}</title></circle>`;
  });
  return `<svg class="map" viewBox="0 0 ${width} ${height}" role="img" aria-label="Attacking sources by country">${land.join('')}${dots.join('')}</svg>`;
}

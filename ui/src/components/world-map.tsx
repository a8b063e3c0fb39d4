import { useEffect, useState } from 'preact/hooks';
import type { WorldShapes } from '../../../src/outputs/world-map.ts';
import type { Query } from '../state/route.ts';
import { href } from '../state/route.ts';
import { countryName, plural } from '../state/words.ts';

export interface MapCount {
  /** Country code. */
  readonly name: string;
  readonly sources: number;
}

interface WorldMapProps {
  readonly counts: readonly MapCount[];
  /** Added to the link of each country. */
  readonly query?: Query;
  readonly label: string;
}

/** Sources by country. The shapes are fetched when a map is first shown. */
export function WorldMap({ counts, query = {}, label }: WorldMapProps) {
  const [shapes, setShapes] = useState<WorldShapes>();
  useEffect(() => {
    let gone = false;
    const load = async (): Promise<void> => {
      const { default: loaded } = await import('../../../data/world-map.json');
      if (!gone) setShapes(loaded as unknown as WorldShapes);
    };
    void load();
    return () => {
      gone = true;
    };
  }, []);
  if (shapes === undefined) return <div class="map map-empty" aria-hidden="true" />;
  const { width, height, areas, centres } = shapes;
  const known = new Map(counts.map((count) => [count.name, count]));
  const most = Math.max(1, ...counts.filter(({ name }) => name !== 'unknown').map(({ sources }) => sources));
  const dots = centres.filter(([code]) => known.has(code));
  return (
    <svg class="map" viewBox={`0 0 ${width} ${height}`} role="group" aria-label={label}>
      {areas.map(([code, path], at) => {
        const count = known.get(code);
        return (
          <path
            key={at}
            d={path}
            class={count === undefined ? 'land' : `land heat-${heat(count.sources, most)}`}
          />
        );
      })}
      {dots.map(([code, x, y]) => {
        const { sources } = known.get(code) ?? { sources: 0 };
        const text = `${countryName(code)}: ${plural(sources, 'source')}`;
        return (
          <a key={code} href={href(['sources'], { ...query, country: code })} aria-label={text}>
            <circle class="map-dot" cx={x} cy={y} r={4 + 14 * Math.sqrt(sources / most)}>
              <title>{text}</title>
            </circle>
          </a>
        );
      })}
    </svg>
  );
}

/** 1 to 4, by the root of the share: one big country must not hide the rest. */
function heat(sources: number, most: number): number {
  return Math.max(1, Math.ceil(4 * Math.sqrt(sources / most)));
}

import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { geoNaturalEarth1, geoPath } from 'd3-geo';
import countries from 'i18n-iso-countries';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';
import type { Plugin } from 'vite';

const NAME = 'virtual:world-map';
const WIDTH = 960;
/** Without the south, where nothing is. */
const HEIGHT = 400;
const WHOLE = 480;

/** The countries as finished SVG paths: the page carries no projection and no library for it. */
export function worldMap(): Plugin {
  return {
    name: 'world-map',
    resolveId: (id) => (id === NAME ? `\0${NAME}` : undefined),
    load: (id) => (id === `\0${NAME}` ? moduleText() : undefined),
  };
}

function moduleText(): string {
  const world = shapes('countries-110m.json');
  const projection = geoNaturalEarth1().fitSize([WIDTH, WHOLE], { type: 'Sphere' });
  const path = geoPath(projection).digits(0);
  const areas = world.features.flatMap((shape) => {
    const code = codeOf(shape.id);
    // Antarctica attacks nobody.
    return code === 'AQ' ? [] : [[code, path(shape) ?? '']];
  });
  const known = new Set(areas.map(([code]) => code));
  // Countries that are too small for this scale still need a place for their mark.
  const centres = shapes('countries-50m.json').features.flatMap((shape) => {
    const code = codeOf(shape.id);
    const [x, y] = path.centroid(shape);
    return code === '' || !Number.isFinite(x)
      ? []
      : [[code, Math.round(x), Math.round(y), known.has(code) ? 1 : 0]];
  });
  return `export const WIDTH = ${WIDTH};
export const HEIGHT = ${HEIGHT};
export const AREAS = ${JSON.stringify(areas)};
export const CENTRES = ${JSON.stringify(centres)};`;
}

function shapes(file: string) {
  const path = createRequire(import.meta.url).resolve(`world-atlas/${file}`);
  const topology = JSON.parse(readFileSync(path, 'utf8')) as Topology<{ countries: GeometryCollection }>;
  return feature(topology, topology.objects.countries);
}

function codeOf(id: string | number | undefined): string {
  return id === undefined ? '' : (countries.numericToAlpha2(String(id)) ?? '');
}

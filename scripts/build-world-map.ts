// Makes data/world-map.json anew: the countries as finished SVG paths, so that neither the page nor the report needs a
// projection. Shapes: Natural Earth (public domain) as packaged by world-atlas.

import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { geoNaturalEarth1, geoPath } from 'd3-geo';
import countries from 'i18n-iso-countries';
import { feature } from 'topojson-client';
import type { GeometryCollection, Topology } from 'topojson-specification';

const WIDTH = 960;
/** Without the south, where nothing is. */
const HEIGHT = 400;
const WHOLE = 480;

const projection = geoNaturalEarth1().fitSize([WIDTH, WHOLE], { type: 'Sphere' });
const path = geoPath(projection).digits(0);
const areas = shapes('countries-110m.json').flatMap((shape) => {
  const code = codeOf(shape.id);
  return code === 'AQ' ? [] : [[code, path(shape) ?? '']];
});
// Countries that are too small for that scale still need a place for their mark.
const centres = shapes('countries-50m.json').flatMap((shape) => {
  const code = codeOf(shape.id);
  const [x, y] = path.centroid(shape);
  return code === '' || !Number.isFinite(x) ? [] : [[code, Math.round(x), Math.round(y)]];
});
writeFileSync(
  join(import.meta.dirname, '..', 'data', 'world-map.json'),
  `${JSON.stringify({ width: WIDTH, height: HEIGHT, areas, centres })}\n`,
);

function shapes(file: string) {
  const place = createRequire(import.meta.url).resolve(`world-atlas/${file}`);
  const topology = JSON.parse(readFileSync(place, 'utf8')) as Topology<{ countries: GeometryCollection }>;
  return feature(topology, topology.objects.countries).features;
}

function codeOf(id: string | number | undefined): string {
  return id === undefined ? '' : (countries.numericToAlpha2(String(id)) ?? '');
}

// Makes dist/places.idx, the embedded index of countries and networks, from the data packages.

import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { buildIndex } from '../src/geo/build-index.ts';

const root = dirname(import.meta.dirname);
const packages = join(root, 'node_modules', '@ip-location-db');
const networks = {
  name: 'RouteViews and DB-IP by ip-location-db',
  licence: 'CC BY 4.0, RouteViews and DB-IP (https://db-ip.com)',
  date: '2026-06-17',
};
const { file, ipv4, ipv6 } = await buildIndex(
  [
    {
      path: join(packages, 'iptoasn-country-mmdb', 'iptoasn-country.mmdb'),
      name: 'iptoasn by ip-location-db',
      licence: 'PDDL 1.0',
    },
    { path: join(packages, 'asn', 'asn-ipv4.csv'), ...networks },
    { path: join(packages, 'asn', 'asn-ipv6.csv'), ...networks },
  ],
  () => undefined,
);
if (ipv4 < 100_000 || ipv6 < 10_000) throw new Error(`only ${ipv4} IPv4 and ${ipv6} IPv6 ranges`);
mkdirSync(join(root, 'dist'), { recursive: true });
writeFileSync(join(root, 'dist', 'places.idx'), file);

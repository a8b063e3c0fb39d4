import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { decodeIndex } from '../geo/index-file.ts';
import { knownNetworks } from '../geo/known-networks.ts';
import { createPlaceLookup } from '../geo/lookup.ts';
import type { PlaceOf, PlaceSource } from '../model/place.ts';
import { packagedText, packageRoot } from '../platform/files.ts';
import { placesFile } from './data-folder.ts';
import type { Terminal } from './terminal.ts';

/** Where addresses seem to be, and by what data. */
export interface Places {
  readonly placeOf: PlaceOf;
  readonly sources: readonly PlaceSource[];
  /** The index they come from; undefined when there is none. */
  readonly path: string | undefined;
}

/** The index that set-up makes from the data packages. */
export const embeddedPlacesFile: string = join(packageRoot, 'dist', 'places.idx');

/** The index of the data folder, else the embedded one, else none; one that cannot be used is told and passed over. */
export function loadPlaces(data: string, terminal: Pick<Terminal, 'err'>): Places {
  for (const path of [placesFile(data), embeddedPlacesFile]) {
    if (!existsSync(path)) continue;
    const index = decodeIndex(readFileSync(path));
    if (!('fault' in index)) {
      const known = knownNetworks(packagedText('data/networks.json'));
      return { placeOf: createPlaceLookup(index, known), sources: index.sources, path };
    }
    terminal.err(
      `sundew: ${path} is not used: ${index.fault}.\n        Make it again with sundew data geo build, or remove it.\n`,
    );
  }
  return { placeOf: () => undefined, sources: [], path: undefined };
}

/** `iptoasn (country, 2026-06-17)`: stands wherever a country does. */
export function placeSourceText({ name, tells, date }: PlaceSource): string {
  return `${name} (${tells}, ${date})`;
}

import type { Family } from '../command.ts';
import { add, distance, hashes, positions } from '../geo/commands.ts';
import { search } from '../geo/search.ts';

export const geo: Family = {
  geoadd: add,
  geodist: distance,
  geohash: hashes,
  geopos: positions,
  georadius: search({ by: 'position', mayStore: true, stores: false }),
  georadius_ro: search({ by: 'position', mayStore: false, stores: false }),
  georadiusbymember: search({ by: 'member', mayStore: true, stores: false }),
  georadiusbymember_ro: search({ by: 'member', mayStore: false, stores: false }),
  geosearch: search({ by: 'words', mayStore: false, stores: false }),
  geosearchstore: search({ by: 'words', mayStore: false, stores: true }),
};

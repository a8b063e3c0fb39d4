import { config } from './config.ts';
import { framing } from './framing.ts';
import { hashes } from './hashes.ts';
import { keys } from './keys.ts';
import { lists } from './lists.ts';
import type { Probe } from './probe.ts';
import { pubsub } from './pubsub.ts';
import { scripting } from './scripting.ts';
import { server } from './server.ts';
import { sets } from './sets.ts';
import { sortedSets } from './sorted-sets.ts';
import { strings } from './strings.ts';
import { transactions } from './transactions.ts';

export const probes: readonly Probe[] = [
  ...framing,
  ...strings,
  ...lists,
  ...hashes,
  ...sets,
  ...sortedSets,
  ...keys,
  ...transactions,
  ...pubsub,
  ...scripting,
  ...config,
  ...server,
];

import { acl } from './acl.ts';
import { bits } from './bits.ts';
import { client } from './client.ts';
import { config } from './config.ts';
import { debug } from './debug.ts';
import { dispatch } from './dispatch.ts';
import { dump } from './dump.ts';
import { figures } from './figures.ts';
import { framing } from './framing.ts';
import { functions } from './functions.ts';
import { geo } from './geo.ts';
import { hashes } from './hashes.ts';
import { help } from './help.ts';
import { hyperloglog } from './hyperloglog.ts';
import { keys } from './keys.ts';
import { lists } from './lists.ts';
import { modules } from './modules.ts';
import { monitor } from './monitor.ts';
import type { Probe } from './probe.ts';
import { pubsub } from './pubsub.ts';
import { scripting } from './scripting.ts';
import { scriptingLanguage } from './scripting-language.ts';
import { scriptingLibraries } from './scripting-libraries.ts';
import { server } from './server.ts';
import { sets } from './sets.ts';
import { settings } from './settings.ts';
import { sort } from './sort.ts';
import { sortedSets } from './sorted-sets.ts';
import { streams } from './streams.ts';
import { strings } from './strings.ts';
import { tracking } from './tracking.ts';
import { transactions } from './transactions.ts';
import { vectors } from './vectors.ts';
import { wholeServer } from './whole-server.ts';

export const probes: readonly Probe[] = [
  ...framing,
  ...strings,
  ...streams,
  ...vectors,
  ...hyperloglog,
  ...geo,
  ...bits,
  ...lists,
  ...hashes,
  ...sets,
  ...sortedSets,
  ...sort,
  ...keys,
  ...transactions,
  ...pubsub,
  ...scripting,
  ...scriptingLanguage,
  ...scriptingLibraries,
  ...functions,
  ...config,
  ...server,
  ...monitor,
  ...dump,
  ...dispatch,
  ...tracking,
  ...client,
  ...acl,
  ...modules,
  ...wholeServer,
  ...debug,
  ...figures,
  ...settings,
  ...help,
];

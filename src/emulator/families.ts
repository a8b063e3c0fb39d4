import type { Command, Handler } from './command.ts';
import { runnable } from './command.ts';
import { acl } from './families/acl.ts';
import { bits } from './families/bits.ts';
import { cluster } from './families/cluster.ts';
import { command } from './families/command.ts';
import { config } from './families/config.ts';
import { connection } from './families/connection.ts';
import { debug } from './families/debug.ts';
import { dump } from './families/dump.ts';
import { functions } from './families/functions.ts';
import { geo } from './families/geo.ts';
import { hashExpiry } from './families/hash-expiry.ts';
import { hashes } from './families/hashes.ts';
import { hyperloglog } from './families/hyperloglog.ts';
import { keys } from './families/keys.ts';
import { latency } from './families/latency.ts';
import { lists } from './families/lists.ts';
import { memory } from './families/memory.ts';
import { modules } from './families/modules.ts';
import { pubsub } from './families/pubsub.ts';
import { replication } from './families/replication.ts';
import { scripting } from './families/scripting.ts';
import { server } from './families/server.ts';
import { sets } from './families/sets.ts';
import { slowLog } from './families/slow-log.ts';
import { sort } from './families/sort.ts';
import { sortedSets } from './families/sorted-sets.ts';
import { streams } from './families/streams.ts';
import { strings } from './families/strings.ts';
import { transactions } from './families/transactions.ts';
import { vectors } from './families/vectors.ts';
import type { Persona } from './persona.ts';

const HANDLERS: ReadonlyMap<string, Handler> = new Map(
  [
    acl,
    bits,
    cluster,
    command,
    config,
    connection,
    debug,
    dump,
    functions,
    geo,
    hashExpiry,
    hashes,
    hyperloglog,
    keys,
    latency,
    lists,
    memory,
    modules,
    pubsub,
    replication,
    scripting,
    server,
    sets,
    slowLog,
    sort,
    sortedSets,
    streams,
    strings,
    transactions,
    vectors,
  ].flatMap((family) => Object.entries(family)),
);
/** The dispatcher's own. */
const BUILT_IN = ['exec'];

/** The part of the persona's command table that runs. What does not run is not advertised either. */
export function commandTable(persona: Persona): ReadonlyMap<string, Command> {
  return new Map(
    persona.commands.flatMap((told) => {
      // A module names its commands in capitals.
      const name = told.name.toLowerCase();
      const handler = BUILT_IN.includes(name) ? nothing : HANDLERS.get(name);
      return handler === undefined ? [] : [[name, runnable(told, handler)] as const];
    }),
  );
}

const nothing: Handler = () => '';

import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { bulk, map, OK } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail } from '../command.ts';
import { acceptedSetting } from '../config-values.ts';
import { globMatches } from '../glob.ts';
import { resetStatistics } from '../statistics.ts';
import { container } from '../subcommand.ts';
import { memoryLimit } from '../world.ts';
import { noteReceivedFile } from './replication.ts';

/** Settings with two names: what is done to one is done to the other. */
const TWINS = new Map(
  [
    ['slave-read-only', 'replica-read-only'],
    ['slave-priority', 'replica-priority'],
    ['slave-serve-stale-data', 'replica-serve-stale-data'],
    ['slave-ignore-maxmemory', 'replica-ignore-maxmemory'],
    ['slave-lazy-flush', 'replica-lazy-flush'],
    ['slave-announce-ip', 'replica-announce-ip'],
    ['slave-announce-port', 'replica-announce-port'],
    ['min-slaves-to-write', 'min-replicas-to-write'],
    ['min-slaves-max-lag', 'min-replicas-max-lag'],
  ].flatMap(([old, current]) => [[old, current] as const, [current, old] as const]),
);
const LONGEST_VALUE = 65_536;

function set(call: Call): ByteString {
  const name = argument(call, 2).toLowerCase();
  const before = call.world.config.get(name);
  const kind = call.world.persona.settings[name];
  if (before === undefined || kind === undefined)
    fail(`ERR Unsupported CONFIG parameter: ${argument(call, 2)}`);
  const value = ownedBytes(acceptedSetting(name, argument(call, 3).slice(0, LONGEST_VALUE), before, kind));
  call.world.config.set(name, value);
  const twin = TWINS.get(name);
  if (twin !== undefined && call.world.config.has(twin)) call.world.config.set(twin, value);
  if (name === 'maxmemory') call.world.memoryLimit = memoryLimit(call.world.config);
  if (name === 'dir' || name === 'dbfilename') noteReceivedFile(call.world);
  if (name === 'requirepass' && value === '')
    for (const one of call.world.clients.values()) one.authenticated = true;
  return OK;
}

function get(call: Call): ByteString {
  const pattern = argument(call, 2).toLowerCase();
  const pairs = [...call.world.config]
    .filter(([name]) => globMatches(pattern, name))
    .flatMap(([name, value]) => [bulk(name), bulk(value)]);
  return map(pairs, call.client.resp);
}

export const config: Family = {
  config: container({
    get: { words: 2, run: get },
    set: { words: 3, run: set },
    resetstat: {
      words: 1,
      run: ({ world }) => {
        resetStatistics(world);
        return OK;
      },
    },
    rewrite: { words: 1, run: () => OK },
  }),
};

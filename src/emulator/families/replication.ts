import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { array, bulk, EMPTY_ARRAY, errorReply, integer, OK, simpleString } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, integerArgument, SYNTAX } from '../command.ts';
import { folderPath } from '../folder-path.ts';
import type { World } from '../world.ts';
import { follow } from '../world.ts';

const MOST_FILES = 16;

/** Notes where a master's data would be written now: what a later MODULE LOAD finds. */
export function noteReceivedFile(world: World): void {
  if (world.master === undefined || world.files.size >= MOST_FILES) return;
  const { config } = world;
  world.files.add(ownedBytes(folderPath(config.get('dbfilename') ?? '', config.get('dir') ?? '/')));
}

/** The master is noted and never dialled. */
function replicaOf(call: Call): string {
  const { world } = call;
  const [host, port] = [argument(call, 1), argument(call, 2)];
  if (host.toLowerCase() === 'no' && port.toLowerCase() === 'one') {
    follow(world, undefined);
    return OK;
  }
  const number = integerArgument(port);
  if (world.master?.host === host && world.master.port === number) {
    return simpleString('OK Already connected to specified master');
  }
  follow(world, { host: ownedBytes(host.slice(0, 256)), port: number });
  noteReceivedFile(world);
  return OK;
}

function role({ world }: Call): ByteString {
  const { master } = world;
  if (master === undefined) return array([bulk('master'), integer(0), EMPTY_ARRAY]);
  return array([bulk('slave'), bulk(master.host), integer(master.port), bulk('connect'), integer(-1)]);
}

export const replication: Family = {
  slaveof: replicaOf,
  replicaof: replicaOf,
  role,
  wait: (call) => {
    if (call.world.master !== undefined) {
      fail(
        'ERR WAIT cannot be used with replica instances. Please also note that since Redis 4.0 if a replica is configured to be writable (which is not the default) writes to replicas are just local and are not propagated.',
      );
    }
    integerArgument(argument(call, 1));
    const timeout = integerArgument(argument(call, 2), 'ERR timeout is not an integer or out of range');
    if (timeout < 0) fail('ERR timeout is negative');
    return integer(0);
  },
  replconf: (call) => {
    if (call.argv.length % 2 === 0) fail(SYNTAX);
    const known = ['listening-port', 'ip-address', 'capa', 'ack', 'getack', 'rdb-only'];
    const word = argument(call, 1).toLowerCase();
    return known.includes(word) ? OK : errorReply(`ERR Unrecognized REPLCONF option: ${argument(call, 1)}`);
  },
};

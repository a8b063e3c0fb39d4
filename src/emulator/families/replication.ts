import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { array, bulk, integer, OK, simpleString } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, exactInteger, fail, integerArgument } from '../command.ts';
import { linkState } from '../master-link.ts';
import { noteReceivedFile } from '../received-files.ts';
import { replicaSide } from '../replica-side.ts';
import { failover } from '../replication/failover.ts';
import { masterRole } from '../replication/figures.ts';
import { replconf } from '../replication/replconf.ts';
import { replicaOf } from '../replication/replica.ts';
import { sync } from '../replication/sync.ts';
import { wait, waitAof } from '../replication/wait.ts';
import { since } from '../version.ts';
import { follow } from '../world.ts';

/** The master is noted; whether it is dialled is the dialler's business, when there is one. */
function follows(call: Call): string {
  const { world, client } = call;
  if (replicaOf(client) !== undefined) fail('ERR Command is not valid when client is a replica.');
  const [host, port] = [argument(call, 1), argument(call, 2)];
  if (host.toLowerCase() === 'no' && port.toLowerCase() === 'one') {
    follow(world, undefined);
    return OK;
  }
  const number = masterPort(call, port);
  const before = world.master;
  if (before?.host.toLowerCase() === host.slice(0, 256).toLowerCase() && before.port === number) {
    return simpleString('OK Already connected to specified master');
  }
  follow(world, { host: ownedBytes(host.slice(0, 256)), port: number });
  noteReceivedFile(world);
  const { master, dialler } = world;
  if (master !== undefined && dialler !== undefined) {
    master.leave = dialler.follow(replicaSide(call, master), client.link.session);
  }
  return OK;
}

/** Up to 6.2 every integer is a port: it is kept in 32 bits. */
function masterPort(call: Call, text: ByteString): number {
  if (!since(call, 7)) return Number(BigInt.asIntN(32, exactInteger(text)));
  const port = integerArgument(text, 'ERR Invalid master port');
  return port < 0 || port > 65_535 ? fail('ERR Invalid master port') : port;
}

function role({ world }: Call): ByteString {
  const { master } = world;
  if (master === undefined) return masterRole(world);
  const state = linkState(world);
  const offset = state === 'connected' ? master.link.offset : -1;
  return array([bulk('slave'), bulk(master.host), integer(master.port), bulk(state), integer(offset)]);
}

export const replication: Family = {
  slaveof: follows,
  replicaof: follows,
  role,
  wait,
  waitaof: waitAof,
  replconf,
  sync,
  psync: sync,
  failover,
};

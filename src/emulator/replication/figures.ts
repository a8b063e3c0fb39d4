import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, EMPTY_ARRAY, integer } from '../../wire/resp-reply.ts';
import { isValkey } from '../version.ts';
import type { World } from '../world.ts';
import type { Replica } from './replica.ts';
import { introductionOf, lagOf, liveReplicas, streamOf } from './replica.ts';

/** The fields of INFO replication that a server's own replicas move. */
export function streamFields(world: World): Readonly<Record<string, number>> {
  const { backlog, offset } = streamOf(world);
  if (backlog === undefined) return {};
  return {
    connected_slaves: liveReplicas(world).length,
    master_repl_offset: offset,
    repl_backlog_active: 1,
    repl_backlog_first_byte_offset: offset - backlog.length + 1,
    repl_backlog_histlen: backlog.length,
  };
}

/** The lines that INFO has after `connected_slaves`. */
export function replicaLines(world: World): readonly string[] {
  return liveReplicas(world).map((replica, index) => {
    const { state, acknowledged } = replica;
    const lag = state === 'online' ? lagOf(world, replica) : 0;
    const end = isValkey({ world }) ? ',type=replica' : '';
    const at = `ip=${addressOf(replica)},port=${introductionOf(replica.client).port}`;
    return `slave${index}:${at},state=${state},offset=${acknowledged},lag=${lag}${end}`;
  });
}

/** ROLE of a master: those of its replicas that have got their copy. */
export function masterRole(world: World): ByteString {
  const rows = liveReplicas(world)
    .filter(({ state }) => state === 'online')
    .map((replica) => {
      const port = String(introductionOf(replica.client).port);
      return array([addressOf(replica), port, String(replica.acknowledged)].map(bulk));
    });
  return array([
    bulk('master'),
    integer(streamOf(world).offset),
    rows.length === 0 ? EMPTY_ARRAY : array(rows),
  ]);
}

function addressOf({ client }: Replica): ByteString {
  const { address } = introductionOf(client);
  return address === '' ? client.origin.address : address;
}

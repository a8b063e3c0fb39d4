import { replicaLines, streamFields } from '../replication/figures.ts';
import { isValkey, since } from '../version.ts';
import type { World } from '../world.ts';
import { recorded } from './used-memory.ts';

type Fields = Record<string, string | number>;

/** INFO replication: the persona's fields, and those of a replica before them while there is a master. */
export function replicationLines(world: World, fields: readonly (readonly [string, string])[]): string[] {
  const { master } = world;
  const moving: Fields = {
    master_replid: world.replId,
    master_replid2: world.formerReplId ?? '0'.repeat(40),
    master_repl_offset: replicationOffset(world),
    second_repl_offset:
      world.formerReplId === undefined ? -1 : replicationOffset(world) + (world.level < 7.2 ? 1 : 0),
    repl_backlog_size: world.config.get('repl-backlog-size') ?? recorded(world.persona, 'repl_backlog_size'),
    ...streamFields(world),
  };
  const lines = fields.flatMap(([name, value]) => [
    `${name}:${moving[name] ?? value}`,
    ...(name === 'connected_slaves' ? replicaLines(world) : []),
  ]);
  if (master === undefined) return lines;
  const own = replicaFields(world, master).map(([name, value]) => `${name}:${value}`);
  return ['role:slave', ...own, ...lines.slice(1)];
}

/** From 7.2 on a server that is to follow another counts one byte of a stream of its own. */
function replicationOffset(world: World): number {
  const { master } = world;
  if (master !== undefined) return Math.max(master.link.offset, ownOffset(world));
  return world.formerReplId === undefined ? 0 : ownOffset(world);
}

const ownOffset = (world: World): number => (since({ world }, 7.2) ? 1 : 0);

type Master = NonNullable<World['master']>;

function replicaFields(world: World, { host, port, link }: Master): [string, string | number][] {
  const at = { world };
  const now = world.clock.now();
  const seconds = (from: number | undefined): number =>
    from === undefined ? -1 : Math.trunc((now - from) / 1_000);
  const up = link.state === 'connected';
  const offset = replicationOffset(world);
  const buffers = isValkey(at) ? ['replicas_repl_buffer'] : since(at, 8) ? ['replica_full_sync_buffer'] : [];
  const setting = (name: string): string => world.config.get(name) ?? '';
  const fields: [string, string | number][] = [
    ['master_host', host],
    ['master_port', port],
    ['master_link_status', up ? 'up' : 'down'],
    ['master_last_io_seconds_ago', up ? seconds(link.lastIo) : -1],
    ['master_sync_in_progress', link.transfer === undefined ? 0 : 1],
  ];
  if (since(at, 7)) fields.push(['slave_read_repl_offset', Math.max(link.readOffset, ownOffset(world))]);
  fields.push(['slave_repl_offset', offset]);
  for (const buffer of buffers) fields.push([`${buffer}_size`, 0], [`${buffer}_peak`, 0]);
  fields.push(...transferFields(world, link));
  // 6.0 counts from 1970 while the link has never been up.
  if (!up) {
    const down = seconds(link.downSince);
    fields.push([
      'master_link_down_since_seconds',
      down < 0 && !since(at, 7) ? Math.trunc(now / 1_000) : down,
    ]);
  }
  fields.push(
    ['slave_priority', setting('replica-priority') || setting('slave-priority')],
    ['slave_read_only', setting('replica-read-only') === 'no' ? 0 : 1],
  );
  if (since(at, 6.2)) fields.push(['replica_announced', setting('replica-announced') === 'no' ? 0 : 1]);
  return fields;
}

/** Fields that are there while the first copy of the data comes. */
function transferFields(world: World, { transfer }: Master['link']): [string, string | number][] {
  if (transfer === undefined) return [];
  const { total, read } = transfer;
  const ago = Math.trunc((world.clock.now() - transfer.lastIo) / 1_000);
  if (!since({ world }, 6.2)) {
    return [
      ['master_sync_left_bytes', total - read],
      ['master_sync_last_io_seconds_ago', ago],
    ];
  }
  const share = total > 0 ? (100 * read) / total : 0;
  return [
    ['master_sync_total_bytes', total],
    ['master_sync_read_bytes', read],
    ['master_sync_left_bytes', total - read],
    ['master_sync_perc', share.toFixed(2)],
    ['master_sync_last_io_seconds_ago', ago],
  ];
}

import type { ByteString } from '../../model/bytes.ts';
import { simpleString } from '../../wire/resp-reply.ts';
import { rdbParts } from '../rdb/write-rdb.ts';
import { enter } from '../views.ts';
import type { World } from '../world.ts';
import type { Replica } from './replica.ts';
import { liveReplicas, releaseStream, streamOf } from './replica.ts';

/** How long others have to wait for a piece of a copy, about. */
const SLICE_MS = 10;
/** How long a child takes to write a small copy to disk, at least and beyond that. */
const CHILD_MS = 10;
const CHILD_SPREAD_MS = 90;
/** Copies that are made at one time, and replicas of one group that have one: who asks for more waits. */
const MOST_COPIES = 2;
const MOST_REPLICAS = 8;

const making = new WeakMap<World, number>();

export function mayCopy(world: World): boolean {
  const served = liveReplicas(world).filter(({ state }) => state !== 'wait_bgsave').length;
  return served < MOST_REPLICAS && (making.get(world) ?? 0) < MOST_COPIES;
}

/** What PSYNC is answered before a copy; SYNC is answered nothing. */
export function announcement(world: World, { answers }: Replica): ByteString {
  return answers ? simpleString(`FULLRESYNC ${world.replId} ${streamOf(world).offset}`) : '';
}

/**
 * Sends a replica the data of its group, made a slice at a time, and the stream behind them. What is written meanwhile
 * may be in both: a real server copies at one moment, by a fork.
 */
export function sendCopy(world: World, replica: Replica): void {
  const { view } = world;
  const stream = streamOf(world);
  const { client } = replica;
  replica.state = 'send_bulk';
  replica.waiting = [];
  const parts = rdbParts(world, { db: stream.selected ?? 0, id: world.replId, offset: stream.offset });
  // The stream behind a copy says again which database it is about.
  stream.selected = undefined;
  making.set(world, (making.get(world) ?? 0) + 1);
  const pieces: ByteString[] = [];
  const isGone = (): boolean => !world.clients.has(client.id);
  const finish = (): void => {
    making.set(world, (making.get(world) ?? 1) - 1);
    if (!isGone()) deliver(world, replica, pieces.join(''));
  };
  const slice = (): void => {
    enter(world, view);
    const started = world.clock.monotonic();
    while (world.clock.monotonic() - started < SLICE_MS) {
      const next = isGone() ? undefined : parts.next();
      if (next === undefined || next.done === true) {
        const ms = replica.diskless ? 0 : CHILD_MS + world.random.below(CHILD_SPREAD_MS);
        setTimeout(finish, ms).unref();
        return;
      }
      pieces.push(next.value.toString('latin1'));
    }
    setImmediate(slice);
  };
  slice();
}

function deliver(world: World, replica: Replica, file: ByteString): void {
  const { link } = replica.client;
  replica.state = 'online';
  replica.acknowledgedAt = world.clock.now();
  if (replica.diskless) {
    // Behind the mark the stream waits until the replica shows that it has seen it.
    const mark = world.random.hex(20);
    link.send(`$EOF:${mark}\r\n${file}${mark}`);
    return;
  }
  link.send(`$${file.length}\r\n${file}`);
  releaseStream(replica);
}

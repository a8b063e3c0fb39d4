import { since } from '../version.ts';
import { enter } from '../views.ts';
import type { World } from '../world.ts';
import { announcement, mayCopy, sendCopy } from './copy.ts';
import { feed } from './feed.ts';
import type { Replica, Stream } from './replica.ts';
import { introductionOf, liveReplicas, streamOf } from './replica.ts';

const SECOND = 1_000;
/** `repl-backlog-ttl`: how long the stream goes on without anyone who gets it. */
const BACKLOG_MS = 3_600_000;

/** What a server with replicas does once a second, at a moment of its own. Ends by itself. */
export function startSeconds(world: World): void {
  const stream = streamOf(world);
  if (stream.timer !== undefined) return;
  const { view } = world;
  const again = (): void => {
    enter(world, view);
    stream.timer = tick(world, stream) ? setTimeout(again, SECOND).unref() : undefined;
  };
  stream.timer = setTimeout(again, world.random.below(SECOND)).unref();
}

/** The server ends, and what it does once a second for each group. */
export function stopSeconds(world: World): void {
  for (const view of world.streams) {
    enter(world, view);
    clearTimeout(streamOf(world).timer);
  }
  world.streams.clear();
}

/** False when there is nothing left to do. */
function tick(world: World, stream: Stream): boolean {
  world.now = world.clock.now();
  const replicas = liveReplicas(world);
  if (replicas.length > 0) stream.usedAt = world.now;
  else if (world.now - stream.usedAt > BACKLOG_MS) {
    stream.backlog = undefined;
    world.streams.delete(world.view);
    return false;
  }
  stream.seconds++;
  const period = setting(world, 'repl-ping-replica-period', 10);
  if (replicas.length > 0 && stream.seconds % period === 0) {
    feed(world, [since({ world }, 7) ? 'ping' : 'PING'], undefined);
  }
  for (const replica of replicas) attend(world, replica);
  return true;
}

function attend(world: World, replica: Replica): void {
  const { client, state } = replica;
  switch (state) {
    case 'wait_bgsave': {
      client.link.send('\n');
      const delay = replica.diskless ? Number(world.config.get('repl-diskless-sync-delay') ?? 5) : 0;
      if (world.now - replica.since < delay * SECOND || !mayCopy(world)) return;
      client.link.send(announcement(world, replica));
      sendCopy(world, replica);
      return;
    }
    case 'send_bulk':
      return;
    case 'online': {
      const silent = world.now - replica.acknowledgedAt > setting(world, 'repl-timeout', 60) * SECOND;
      if (introductionOf(client).copyOnly || (replica.answers && silent)) client.link.close();
    }
  }
}

function setting(world: World, name: string, otherwise: number): number {
  const value = Number(world.config.get(name) ?? otherwise);
  return value > 0 ? value : otherwise;
}

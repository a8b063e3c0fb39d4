import type { ByteString } from '../model/bytes.ts';
import { bulk, push } from '../wire/resp-reply.ts';
import { globBudget, globMatches } from './glob.ts';
import type { ClientState, World } from './world.ts';

/** Hands a message to who listens, and returns how many that were (a client counts once a subscription). */
export function publish(world: World, channel: ByteString, message: ByteString): number {
  let count = tell(world.channels.get(channel), ['message', channel, message]);
  if (world.patterns.size === 0) return count;
  const budget = globBudget();
  for (const [pattern, listeners] of world.patterns) {
    if (globMatches(pattern, channel, budget))
      count += tell(listeners, ['pmessage', pattern, channel, message]);
  }
  return count;
}

/** The same for a shard channel, which no pattern reaches. */
export function publishToShard(world: World, channel: ByteString, message: ByteString): number {
  return tell(world.shardChannels.get(channel), ['smessage', channel, message]);
}

function tell(listeners: ReadonlySet<ClientState> | undefined, items: readonly ByteString[]): number {
  if (listeners === undefined) return 0;
  const words = items.map(bulk);
  const [older, newer] = [push(words, 2), push(words, 3)];
  for (const { link, resp } of listeners) link.send(resp === 3 ? newer : older);
  return listeners.size;
}

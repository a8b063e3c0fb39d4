import type { ByteString } from '../model/bytes.ts';
import { ownedBytes } from '../model/bytes.ts';
import { hold } from './command.ts';
import type { ClientState, World } from './world.ts';

export type SubscriptionKind = 'channels' | 'patterns' | 'shardChannels';

/** What a subscription costs, bytes. */
export const heldBy = (name: ByteString): number => name.length + 64;

/** The client listens; false when it did so before. */
export function join(world: World, client: ClientState, kind: SubscriptionKind, name: ByteString): boolean {
  if (client[kind].has(name)) return false;
  const own = ownedBytes(name);
  client[kind].add(own);
  const others = world[kind].get(own);
  if (others === undefined) world[kind].set(own, new Set([client]));
  else others.add(client);
  hold(world, client, heldBy(own));
  return true;
}

export function leave(world: World, client: ClientState, kind: SubscriptionKind, name: ByteString): void {
  if (!client[kind].delete(name)) return;
  const others = world[kind].get(name);
  others?.delete(client);
  if (others?.size === 0) world[kind].delete(name);
  hold(world, client, -heldBy(name));
}

export function leaveAll(world: World, client: ClientState): void {
  for (const kind of ['channels', 'patterns', 'shardChannels'] as const)
    for (const name of client[kind]) leave(world, client, kind, name);
}

/** Its connection is one that listens: in RESP2 most commands are refused there. */
export function isListening({ channels, patterns, shardChannels }: ClientState): boolean {
  return channels.size + patterns.size + shardChannels.size > 0;
}

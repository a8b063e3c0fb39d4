import type { ByteString } from '../model/bytes.ts';
import { enter } from './views.ts';
import type { ClientState, World } from './world.ts';

/** A client whose request was put aside goes on: its request is run now, and what it has sent meanwhile after it. */
export function letGo(world: World, client: ClientState, go: () => ByteString): void {
  if (!world.clients.has(client.id)) return;
  enter(world, client.view);
  world.now = world.clock.now();
  client.blocked = false;
  const reply = go();
  if (reply !== '') client.link.send(reply);
  if (!client.blocked) client.link.resume();
}

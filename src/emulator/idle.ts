import { isListening } from './subscriptions.ts';
import { enter } from './views.ts';
import type { ClientState, World } from './world.ts';

/** How often clients are looked for that have been idle for longer than `timeout` says. */
export const IDLE_MS = 1_000;

/** Hangs up on them, as clientsCronHandleTimeout does: not on who waits for a key, listens or watches. */
export function dropIdle(world: World): void {
  const now = world.clock.now();
  for (const client of world.clients.values()) {
    const { config } = client.view === world.view ? world : client.view.own;
    const timeout = Number(config.get('timeout') ?? 0) * 1_000;
    if (timeout > 0 && now - client.lastSeen > timeout && !isKept(client)) {
      enter(world, client.view);
      client.link.close();
    }
  }
}

const isKept = (client: ClientState): boolean => client.blocked || client.monitoring || isListening(client);

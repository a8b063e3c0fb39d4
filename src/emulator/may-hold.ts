import { fail, OUT_OF_MEMORY } from './command.ts';
import type { ClientState, World } from './world.ts';

/** Bytes that one client, and all of them, may make the server hold beside its data. */
const MOST_OF_CLIENT = 67_108_864;
const MOST_OF_ALL = 134_217_728;

/** Refuses with the OOM error what would make the server hold too much. */
export function mayHold(
  { world, client }: { readonly world: World; readonly client: ClientState },
  bytes: number,
): void {
  if (client.held + bytes > MOST_OF_CLIENT || world.held + bytes > MOST_OF_ALL) fail(OUT_OF_MEMORY);
}

import type { ByteString } from '../model/bytes.ts';
import { publish } from './publish.ts';
import type { World } from './world.ts';

/**
 * The classes of `notify-keyspace-events`: g generic, $ string, l list, s set, h hash, z sorted set, x expired,
 * e evicted, t stream, d module, m missed key, n new key.
 */
export type EventClass = 'g' | '$' | 'l' | 's' | 'h' | 'z' | 'x' | 'e' | 't' | 'd' | 'm' | 'n';

/** What the letter A stands for. */
const ALL = 'g$lshzxetd';

/** A keyspace event, told when the server was set to tell it (notify.c). `event` is its name: `set`, `lpush`, `del`. */
export function notify(
  call: { readonly world: World; readonly client: { readonly db: number } },
  kind: EventClass,
  event: string,
  key: ByteString,
  db = call.client.db,
): void {
  const { world } = call;
  const flags = world.config.get('notify-keyspace-events') ?? '';
  if (flags === '') return;
  if (!flags.includes(kind) && !(flags.includes('A') && ALL.includes(kind))) return;
  if (flags.includes('K')) publish(world, `__keyspace@${db}__:${key}`, event);
  if (flags.includes('E')) publish(world, `__keyevent@${db}__:${event}`, key);
}

import { hasNamespace } from '../../content/distinctive.ts';
import type { Act } from '../../model/act.ts';
import { attackLook } from './attack-look.ts';

/**
 * True where honest software keeps text about attacks: job queues, logs, runbooks, caches, the buffers of a firewall or
 * a honeypot. Those are collections, keys with a name space, and serialised values. What cron or sshd is to obey has to
 * stand between empty lines, and that no log writes: so it is told by its padding there too.
 */
export function isHonestPlace(act: Act): boolean {
  if (act.type !== 'redis.value') return false;
  const { padded, data } = attackLook(act.value);
  if (padded) return false;
  return data || act.kind !== 'string' || hasNamespace(act.key);
}

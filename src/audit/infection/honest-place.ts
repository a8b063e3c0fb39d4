import type { Act } from '../../model/act.ts';
import type { ByteString } from '../../model/bytes.ts';
import { attackLook } from './attack-look.ts';

/** A prefix set off as applications do it: `bull:`, `traefik/`, `{tag}`. Attacks write bare names. */
export function hasNamespace(key: ByteString): boolean {
  return /[:/|{]/.test(key.slice(0, 512));
}

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

import { hasNamespace } from '../../content/distinctive.ts';
import type { Act, ActOf } from '../../model/act.ts';
import { attackLook } from './attack-look.ts';
import { isTextAbout } from './text-about.ts';

/**
 * True where honest software keeps text about attacks: job queues, logs, runbooks, caches, the buffers of a firewall or
 * a honeypot. Those are collections, keys with a name space, and serialised values. What cron or sshd is to obey has to
 * stand between empty lines, and that no log writes: so it is told by its padding there too.
 */
export function isHonestPlace(act: Act): boolean {
  return act.type === 'redis.value' && (isAmongData(act) || (!isPadded(act) && isTextAbout(act.value)));
}

/** The same without a look at the words: a note to a reader is a text, and has to be judged as one. */
export function isAmongData(act: ActOf<'redis.value'>): boolean {
  const { padded, data } = attackLook(act.value);
  return !padded && (data || act.kind !== 'string' || hasNamespace(act.key));
}

function isPadded({ value }: ActOf<'redis.value'>): boolean {
  return attackLook(value).padded;
}

import type { ByteString } from '../model/bytes.ts';
import type { ServerFacts } from './server-facts.ts';
import { isLoopback } from './server-facts.ts';

/** Who can come in, as far as the server lets us see. */
export interface Exposure {
  /** The default user needs no password. */
  readonly noPassword: boolean;
  /** It listens beyond the loopback interface; undefined when it would not say. */
  readonly boundBeyond: boolean | undefined;
  /** This audit came over another interface than loopback. */
  readonly reachedRemotely: boolean;
  /** Anybody who reaches its address is let in; undefined when that cannot be told. */
  readonly open: boolean | undefined;
}

export function exposureOf(facts: ServerFacts): Exposure {
  const { settings, users, address } = facts;
  const noPassword =
    facts.openWithoutLogin ||
    users?.some(({ name, on, nopass }) => name === 'default' && on && nopass) === true;
  const reachedRemotely = !isLoopback(address);
  const bind = settings?.get('bind');
  const boundBeyond = reachedRemotely || (bind === undefined ? undefined : isBeyondLoopback(bind));
  // Protected mode guards servers without a password; before 3.2 there was none.
  const guarded = settings?.get('protected-mode') === 'yes';
  return { noPassword, boundBeyond, reachedRemotely, open: openTo() };

  function openTo(): boolean | undefined {
    if (!noPassword) return false;
    if (facts.openWithoutLogin && reachedRemotely) return true;
    return guarded ? false : boundBeyond;
  }
}

/** `bind` as CONFIG GET prints it: empty for every interface, a hyphen before addresses that may be missing. */
function isBeyondLoopback(bind: ByteString): boolean {
  const addresses = bind
    .slice(0, 2_048)
    .split(' ')
    .filter((word) => word !== '');
  return addresses.length === 0 || addresses.some((word) => !isLoopback(word.replace(/^-/, '')));
}

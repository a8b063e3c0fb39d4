import type { ByteString } from '../model/bytes.ts';
import type { ServerFacts } from './server-facts.ts';
import { isLoopback } from './server-facts.ts';

/** Who can come in, as far as the server lets us see. */
export interface Exposure {
  /** The default user needs no password; undefined when nothing tells. */
  readonly noPassword: boolean | undefined;
  /** It listens beyond the loopback interface; undefined when it would not say. */
  readonly boundBeyond: boolean | undefined;
  /** This audit came over another interface than loopback. */
  readonly reachedRemotely: boolean;
  /** Anybody who reaches its address is let in; undefined when that cannot be told. */
  readonly open: boolean | undefined;
}

export function exposureOf(facts: ServerFacts): Exposure {
  const { users, address, subject } = facts;
  const noPassword = needsNone();
  // A Unix socket and a file have no address: nobody reached them over a network.
  const reachedRemotely = subject.kind === 'server' && address !== '' && !isLoopback(address);
  const bind = bindOf(facts);
  const boundBeyond = reachedRemotely || (bind === undefined ? undefined : isBeyondLoopback(bind));
  // Protected mode guards servers without a password; before 3.2 there was none.
  const guarded = protectedModeOf(facts) === 'yes';
  return { noPassword, boundBeyond, reachedRemotely, open: openTo() };

  function needsNone(): boolean | undefined {
    if (facts.openWithoutLogin === true) return true;
    const user = users?.find(({ name }) => name === 'default');
    if (user !== undefined) return user.on && user.nopass;
    return facts.openWithoutLogin;
  }

  function openTo(): boolean | undefined {
    if (noPassword !== true) return noPassword;
    if (facts.openWithoutLogin === true && reachedRemotely) return true;
    return guarded ? false : boundBeyond;
  }
}

/** A file that does not name it leaves it at the default: every interface. */
export function bindOf({ settings, subject }: ServerFacts): ByteString | undefined {
  return (
    settings?.get('bind') ?? (settings !== undefined && subject.kind !== 'server' ? '* -::*' : undefined)
  );
}

export function protectedModeOf({ settings, subject }: ServerFacts): ByteString | undefined {
  return (
    settings?.get('protected-mode') ??
    (settings !== undefined && subject.kind !== 'server' ? 'yes' : undefined)
  );
}

/** `bind` as CONFIG GET prints it: empty for every interface, a hyphen before addresses that may be missing. */
function isBeyondLoopback(bind: ByteString): boolean {
  const addresses = bind
    .slice(0, 2_048)
    .split(' ')
    .filter((word) => word !== '');
  return addresses.length === 0 || addresses.some((word) => !isLoopback(word.replace(/^-/, '')));
}

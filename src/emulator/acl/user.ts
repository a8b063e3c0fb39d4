import type { ByteString } from '../../model/bytes.ts';

/** Keys that may be touched, by a glob. */
export interface KeyPattern {
  readonly pattern: ByteString;
  readonly reads: boolean;
  readonly writes: boolean;
}

/** One set of permissions. A user has at least one; what any of them allows is allowed. */
export interface Selector {
  /** By place in the command index: 1 when it may be run. */
  readonly commands: Uint8Array;
  /** `+@all` and nothing taken away since: nothing has to be looked up. */
  everyCommand: boolean;
  /** `+@all` at the beginning: also what modules will bring. */
  future: boolean;
  /** First arguments that may be used with a command that is not allowed as a whole. */
  readonly firstArguments: Map<string, readonly ByteString[]>;
  /** The rules about commands since `+@all` or `-@all`, as 7.2 and later show them. */
  rules: readonly string[];
  keys: readonly KeyPattern[];
  everyKey: boolean;
  channels: readonly ByteString[];
  everyChannel: boolean;
}

export interface User {
  readonly name: ByteString;
  enabled: boolean;
  noPassword: boolean;
  /** SHA-256 in hex. */
  passwords: readonly string[];
  /** Whether RESTORE's payloads are checked; undefined while nothing was said (before 7.2). */
  payload: 'sanitize-payload' | 'skip-sanitize-payload' | undefined;
  /** The first one is the user's own, the others are in parentheses. */
  selectors: readonly [Selector, ...Selector[]];
  /** May do everything: most are, so this is what is looked at first. */
  free: boolean;
}

export function newSelector(size: number, everyChannel: boolean): Selector {
  return {
    commands: new Uint8Array(size),
    everyCommand: false,
    future: false,
    firstArguments: new Map(),
    rules: [],
    keys: [],
    everyKey: false,
    channels: [],
    everyChannel,
  };
}

export function copyUser(user: User): User {
  const [own, ...others] = user.selectors;
  return { ...user, selectors: [copySelector(own), ...others.map(copySelector)] };
}

function copySelector(selector: Selector): Selector {
  return {
    ...selector,
    commands: selector.commands.slice(),
    firstArguments: new Map(selector.firstArguments),
  };
}

export function isFree({ selectors: [own] }: Pick<User, 'selectors'>): boolean {
  return own.everyCommand && own.everyKey && own.everyChannel;
}

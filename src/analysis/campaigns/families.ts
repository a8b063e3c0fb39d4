import { isSharedHost } from '../../content/distinctive.ts';
import { endpointParts } from '../../model/endpoint.ts';

/**
 * Ties that are one piece of evidence: a URL, its host and its port say the same thing three times, and so do two
 * indicators that are only ever met together.
 */
export interface Families {
  /** For each session the families it has that somebody else has as well. */
  readonly of: readonly (readonly number[])[];
  /** Families that only their owner has use for: SSH keys and wallets. */
  readonly identities: ReadonlySet<number>;
}

/** @param ties of each session, as `kind value`. */
export function familiesOf(ties: readonly ReadonlySet<string>[]): Families {
  const members = new Map<string, { ties: Set<string>; sessions: number[] }>();
  for (const [session, own] of ties.entries()) {
    for (const tie of own) {
      const key = rootOf(tie);
      const family = members.get(key) ?? { ties: new Set<string>(), sessions: [] };
      members.set(key, family);
      family.ties.add(tie);
      if (family.sessions.at(-1) !== session) family.sessions.push(session);
    }
  }
  // What only one session has ties nothing.
  const shared = [...members.values()].filter(({ sessions }) => sessions.length > 1);
  const together = Map.groupBy(shared, ({ sessions }) => sessions.join(','));
  const of: number[][] = ties.map(() => []);
  const identities = new Set<number>();
  for (const [index, same] of [...together.values()].entries()) {
    for (const session of same[0]?.sessions ?? []) of[session]?.push(index);
    if (same.some(({ ties: every }) => [...every].some(isIdentity))) identities.add(index);
  }
  return { of, identities };
}

const isIdentity = (tie: string): boolean => tie.startsWith('ssh-key ') || tie.startsWith('wallet ');

/** URLs and ports belong to their host, unless that serves everybody. */
function rootOf(tie: string): string {
  const space = tie.indexOf(' ');
  const kind = tie.slice(0, space);
  const value = tie.slice(space + 1);
  const host =
    kind === 'url'
      ? (/^[a-z]+:\/\/(?:[^/@]*@)?(\[[^\]]*\]|[^/:?#]*)/.exec(value.slice(0, 512))?.[1] ?? '')
      : kind === 'endpoint'
        ? endpointParts(value).host
        : kind === 'host' || kind === 'address'
          ? value
          : '';
  return host === '' || isSharedHost(host) ? tie : `host ${host}`;
}

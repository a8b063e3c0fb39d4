import type { AuditDepth } from '../../model/audit-report.ts';
import { depthRank } from '../../model/audit-report.ts';
import type { Address } from './address.ts';
import { WIDTH } from './address.ts';
import type { Authorization } from './authorization.ts';
import { allowsPort } from './authorization.ts';
import type { Cidr } from './cidr.ts';
import { covers, halves } from './cidr.ts';
import { patternsFor } from './host-pattern.ts';
import type { OptOut } from './opt-outs.ts';
import { isOwn, ownBlocks } from './own-networks.ts';
import { createPrefixTable } from './prefix-table.ts';
import type { Allowed } from './read-authorizations.ts';
import { whyNot } from './why-not.ts';

/** Who is to be asked: the name as written, the address that will be dialled, the port. */
export interface Destination {
  readonly host: string;
  readonly port: number;
  readonly address: Address;
}

export type Verdict =
  /** `by` is missing for the operator's own networks that no entry names. */
  | { readonly kind: 'allowed'; readonly depth: AuditDepth; readonly by?: Authorization }
  | { readonly kind: 'opted-out'; readonly where: string }
  /** `because` goes on from "... lies outside of your own networks, and". */
  | { readonly kind: 'refused'; readonly because: string };

/** What may be asked, and how deep. Pure: it looks nothing up, and is told the time. */
export interface Scope {
  /** @param now milliseconds since 1970 UTC. */
  judge(to: Destination, now: number): Verdict;
  /** Why a whole block may not be asked; undefined when all of it may (opt-outs are left out one by one). */
  uncovered(block: Cidr, port: number, now: number): string | undefined;
}

/**
 * Opt-outs win over all. Of the entries that hold now and name the port, the narrowest block speaks, and of several with
 * the same block the one that allows least; an entry for the host's name is heard as well, and the lesser of both holds.
 * What no entry names may be asked only when it is the operator's own by nature.
 */
export function createScope(allowed: readonly Allowed[], optOuts: readonly OptOut[]): Scope {
  const blocks = createPrefixTable<Authorization>();
  const names = new Map<string, Authorization[]>();
  const away = createPrefixTable<string>();
  const awayNames = new Map<string, string>();
  for (const { authorization, blocks: some, names: named } of allowed) {
    for (const block of some) blocks.add(block, authorization);
    for (const name of named) names.set(name, [...(names.get(name) ?? []), authorization]);
  }
  for (const { of, where } of optOuts) {
    if (typeof of === 'string') awayNames.set(of, where);
    else away.add(of, where);
  }

  const optedOut = ({ host, address }: Destination): string | undefined => {
    const [block] = away.around(address);
    if (block !== undefined || awayNames.size === 0) return block?.value;
    return first(patternsFor(host), (pattern) => awayNames.get(pattern));
  };
  const byAddress = ({ address, port }: Destination, now: number): Authorization | undefined => {
    let narrowest: number | undefined;
    let chosen: Authorization | undefined;
    for (const { block, value } of blocks.around(address)) {
      if (narrowest !== undefined && block.bits < narrowest) break;
      if (!holds(value, port, now)) continue;
      narrowest = block.bits;
      chosen = lesser(chosen, value);
    }
    return chosen;
  };
  const byName = ({ host, port }: Destination, now: number): Authorization | undefined => {
    if (names.size === 0) return undefined;
    return first(patternsFor(host), (pattern) =>
      names
        .get(pattern)
        ?.filter((one) => holds(one, port, now))
        .reduce<Authorization | undefined>(lesser, undefined),
    );
  };
  return {
    judge: (to, now) => {
      const where = optedOut(to);
      if (where !== undefined) return { kind: 'opted-out', where };
      const by = lesser(byAddress(to, now), byName(to, now));
      if (by !== undefined) return { kind: 'allowed', depth: by.depth, by };
      if (isOwn(to.address)) return { kind: 'allowed', depth: 'L5' };
      const near = [
        ...blocks.around(to.address).map(({ value }) => value),
        ...patternsFor(to.host).flatMap((pattern) => names.get(pattern) ?? []),
      ];
      return { kind: 'refused', because: whyNot(near, to.port, now) };
    },
    uncovered: (block, port, now) => {
      const entries = allowed.flatMap(({ authorization, blocks: some }) =>
        holds(authorization, port, now) ? some : [],
      );
      if (isCovered(block, [...ownBlocks, ...entries])) return undefined;
      const touching = allowed.filter(({ blocks: some }) =>
        some.some((one) => covers(one, block) || covers(block, one)),
      );
      const failed = touching.filter(({ authorization }) => !holds(authorization, port, now));
      if (touching.length > failed.length && failed.length === 0) return 'only a part of it is authorised';
      return whyNot(
        failed.map(({ authorization }) => authorization),
        port,
        now,
      );
    },
  };
}

function holds(authorization: Authorization, port: number, now: number): boolean {
  return now >= authorization.from && now < authorization.until && allowsPort(authorization, port);
}

function lesser(one: Authorization | undefined, other: Authorization | undefined): Authorization | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return depthRank(other.depth) < depthRank(one.depth) ? other : one;
}

function isCovered(block: Cidr, by: readonly Cidr[]): boolean {
  if (by.some((one) => covers(one, block))) return true;
  // What is handed down gets less with each step, so this ends after one path to each block.
  const inside = by.filter((one) => one.bits > block.bits && covers(block, one));
  if (inside.length === 0 || block.bits === WIDTH[block.family]) return false;
  return halves(block).every((half) => isCovered(half, inside));
}

function first<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item);
    if (found !== undefined) return found;
  }
  return undefined;
}

import { shapeSimilarity } from './command-shape.ts';
import type { Families } from './families.ts';
import { familiesOf } from './families.ts';
import type { GroupProfile } from './group-profile.ts';
import { hasOwnCore, profileOf } from './group-profile.ts';
import { createUnions } from './unions.ts';

/** What grouping knows of one session. */
export interface GroupedSession {
  /** Strong indicators, as `kind value`. */
  readonly ties: ReadonlySet<string>;
  readonly source: string;
  readonly shape: Uint32Array | undefined;
}

export interface SessionGroups {
  /** Indices of sessions; a session without company is a group of one. */
  readonly groups: readonly (readonly number[])[];
  /** Where it took more than shared indicators: a session of the group, and what else spoke for it, in plain words. */
  readonly weakJoins: readonly WeakJoin[];
}

export interface WeakJoin {
  readonly session: number;
  readonly because: string;
}

/** A family that so many groups have says nothing: a service, a public tool, a check of the address. */
const MOST_GROUPS = 60;
/** The same of sets of families, which are compared pair by pair. */
const MOST_SETS = 400;
const ROUNDS = 8;
const ALIKE = 0.4;
/** Of the sources of the smaller group. */
const SAME_SOURCES = 0.2;
const FEWEST_SOURCES = 3;
/** A source that so many groups have is the address of many machines. */
const NAT = 4;

/**
 * Groups sessions by shared strong evidence, so that what strangers share does not bind them:
 *
 * 1. the same SSH key or wallet, or more than half of the families of evidence in common: together;
 * 2. two groups with evidence in common, where one has no core of its own beside it: together;
 * 3. two groups that each have a core of their own: it takes a second piece of evidence, or the same sources; where both
 *    have identities, three in all. The same steps count beside the same sources only: a tool that both use brings its
 *    steps along;
 * 4. two groups without evidence in common: only where both weak ones hold, the same sources *and* the same steps.
 *
 * Country and network are never looked at.
 */
export function groupSessions(sessions: readonly GroupedSession[]): SessionGroups {
  const families = familiesOf(sessions.map(({ ties }) => ties));
  const unions = createUnions(sessions.length);
  const weakJoins: WeakJoin[] = [];
  joinAlike(families, unions.join);
  for (let round = 0; round < ROUNDS; round++) {
    const profiles = unions.groups().map((members) => profileOf(members, sessions, families));
    if (!joinGroups(profiles, unions.join, weakJoins)) break;
  }
  return { groups: unions.groups(), weakJoins };
}

/** Sessions with the same set of families are one; sets are compared with those they share something with. */
function joinAlike({ of, identities }: Families, join: (one: number, other: number) => void): void {
  const sets = new Map<string, { readonly first: number; readonly families: readonly number[] }>();
  const owners = new Map<number, number>();
  for (const [session, families] of of.entries()) {
    if (families.length === 0) continue;
    const key = families.join(',');
    const same = sets.get(key);
    if (same === undefined) sets.set(key, { first: session, families });
    else join(same.first, session);
    for (const family of families) {
      if (!identities.has(family)) continue;
      join(owners.get(family) ?? session, session);
      owners.set(family, session);
    }
  }
  const byFamily = new Map<number, number[]>();
  const list = [...sets.values()];
  for (const [index, { families }] of list.entries())
    for (const family of families) append(byFamily, family, index);
  for (const indices of byFamily.values()) {
    if (indices.length > MOST_SETS) continue;
    for (const [at, one] of indices.entries()) {
      for (const other of indices.slice(at + 1)) {
        const [left, right] = [list[one], list[other]];
        if (left === undefined || right === undefined) continue;
        const common = left.families.filter((family) => right.families.includes(family)).length;
        const either = left.families.length + right.families.length - common;
        if (common / either > 0.5) join(left.first, right.first);
      }
    }
  }
}

interface Pair {
  readonly one: GroupProfile;
  readonly other: GroupProfile;
  readonly weight: number;
  readonly because?: string;
}

function joinGroups(
  profiles: readonly GroupProfile[],
  join: (one: number, other: number) => void,
  weakJoins: WeakJoin[],
): boolean {
  const common = commonSources(profiles);
  const certain: Pair[] = [];
  const satellites = new Map<GroupProfile, Pair[]>();
  for (const [one, other] of neighbours(profiles)) {
    const shared = [...one.families].filter((family) => other.families.has(family)).length;
    const weak = weakEvidence(one, other, common);
    const weight = shared + (weak.sources === 'many' ? 1 + Number(weak.steps) : 0);
    const ownCore = hasOwnCore(one, other);
    const otherCore = hasOwnCore(other, one);
    const pair = {
      one,
      other,
      weight: weight + (weak.sources === 'few' ? 0.5 : 0) + (weak.steps ? 0.25 : 0),
    };
    if (shared === 0) {
      // A visit that broke off before it told anything goes where its source and its steps are.
      const bare = one.families.size === 0 || other.families.size === 0;
      if (weak.steps && (weak.sources === 'many' || (bare && weak.sources === 'few')))
        certain.push({ ...pair, because: `the same sources and the same steps (${sizes(one, other)})` });
    } else if (ownCore && otherCore) {
      const needed = one.identity && other.identity ? 3 : 2;
      if (weight >= needed)
        certain.push(
          shared >= needed
            ? pair
            : { ...pair, because: `the same sources beside a shared indicator (${sizes(one, other)})` },
        );
    } else {
      if (!ownCore) append(satellites, one, pair);
      if (!otherCore) append(satellites, other, pair);
    }
  }
  if (certain.length > 0) {
    for (const { one, other, because } of certain) {
      join(one.first, other.first);
      if (because !== undefined) weakJoins.push({ session: one.first, because });
    }
    return true;
  }
  // Who has been joined is another group now: the next round looks at it anew.
  const touched = new Set<GroupProfile>();
  for (const [satellite, pairs] of satellites) {
    const place = touched.has(satellite) ? undefined : bestPlace(satellite, pairs);
    if (place === undefined || touched.has(place)) continue;
    join(satellite.first, place.first);
    touched.add(satellite).add(place);
  }
  return touched.size > 0;
}

function sizes(one: GroupProfile, other: GroupProfile): string {
  return `${one.size} with ${other.size} sessions`;
}

/** Where the evidence is widest; nowhere, when two places are as good and are not one. */
function bestPlace(satellite: GroupProfile, pairs: readonly Pair[]): GroupProfile | undefined {
  const [best, next] = pairs
    .map(({ one, other, weight }) => ({ place: one === satellite ? other : one, weight }))
    .toSorted((a, b) => b.weight - a.weight || b.place.size - a.place.size);
  if (best === undefined) return undefined;
  const asGood = next !== undefined && next.weight === best.weight;
  return asGood && hasOwnCore(next.place, best.place) ? undefined : best.place;
}

/** Pairs of groups that share a family or a source, each once. */
function neighbours(profiles: readonly GroupProfile[]): [GroupProfile, GroupProfile][] {
  const holders = new Map<string, number[]>();
  for (const [index, { families, sources }] of profiles.entries()) {
    const marks = [
      ...[...families].map((family) => `f${family}`),
      ...[...sources].map((source) => `s${source}`),
    ];
    for (const mark of marks) append(holders, mark, index);
  }
  const pairs = new Map<number, [GroupProfile, GroupProfile]>();
  for (const indices of holders.values()) {
    if (indices.length > MOST_GROUPS) continue;
    for (const [at, one] of indices.entries()) {
      for (const other of indices.slice(at + 1)) {
        const [left, right] = [profiles[one], profiles[other]];
        if (left !== undefined && right !== undefined)
          pairs.set(one * profiles.length + other, [left, right]);
      }
    }
  }
  return [...pairs.values()];
}

/** Sources of more groups than one operator has: the address of many machines. */
function commonSources(profiles: readonly GroupProfile[]): ReadonlySet<string> {
  const counts = new Map<string, number>();
  for (const { size, sources } of profiles)
    if (size > 1) for (const source of sources) counts.set(source, (counts.get(source) ?? 0) + 1);
  return new Set([...counts].filter(([, count]) => count >= NAT).map(([source]) => source));
}

interface WeakEvidence {
  /** `few`: fewer than tell anything by themselves, but all that the smaller one has. */
  readonly sources: 'many' | 'few' | 'none';
  readonly steps: boolean;
}

function weakEvidence(one: GroupProfile, other: GroupProfile, common: ReadonlySet<string>): WeakEvidence {
  const [small, large] = one.sources.size <= other.sources.size ? [one, other] : [other, one];
  const own = [...small.sources].filter((source) => !common.has(source));
  const both = own.filter((source) => large.sources.has(source)).length;
  const many = both >= FEWEST_SOURCES && both >= own.length * SAME_SOURCES;
  return {
    sources: many ? 'many' : both > 0 && both === own.length ? 'few' : 'none',
    steps: stepsAlike(one, other),
  };
}

/** The middle of all comparisons of a few sessions of each. */
function stepsAlike(one: GroupProfile, other: GroupProfile): boolean {
  const all = one.shapes.flatMap((left) => other.shapes.map((right) => shapeSimilarity(left, right)));
  const middle = all.toSorted((a, b) => a - b)[Math.floor(all.length / 2)];
  return middle !== undefined && middle >= ALIKE;
}

function append<K, V>(lists: Map<K, V[]>, key: K, value: V): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [value]);
  else list.push(value);
}

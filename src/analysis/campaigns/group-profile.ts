import type { Families } from './families.ts';
import type { GroupedSession } from './group-sessions.ts';

/** What a group of sessions has, for comparing it with another. */
export interface GroupProfile {
  /** Index of one of its sessions, which stands for it. */
  readonly first: number;
  readonly size: number;
  readonly families: ReadonlySet<number>;
  /** The families of each of its sessions that has any; of large groups, of some. */
  readonly told: readonly (readonly number[])[];
  /** It has an SSH key or a wallet. */
  readonly identity: boolean;
  readonly sources: ReadonlySet<string>;
  /** Of a few of its sessions. */
  readonly shapes: readonly Uint32Array[];
}

const MOST_SHAPES = 7;
const MOST_TOLD = 60;

export function profileOf(
  members: readonly number[],
  sessions: readonly GroupedSession[],
  { of, identities }: Families,
): GroupProfile {
  const found = new Set<number>();
  const told: (readonly number[])[] = [];
  const sources = new Set<string>();
  const shapes: Uint32Array[] = [];
  const step = Math.max(1, Math.floor(members.length / MOST_SHAPES));
  const every = Math.max(1, Math.floor(members.length / MOST_TOLD));
  for (const [at, member] of members.entries()) {
    const families = of[member] ?? [];
    for (const family of families) found.add(family);
    if (families.length > 0 && at % every === 0) told.push(families);
    const session = sessions[member];
    if (session === undefined) continue;
    sources.add(session.source);
    if (at % step === 0 && shapes.length < MOST_SHAPES && session.shape !== undefined)
      shapes.push(session.shape);
  }
  return {
    first: members[0] ?? 0,
    size: members.length,
    families: found,
    told,
    identity: [...found].some((family) => identities.has(family)),
    sources,
    shapes,
  };
}

/** At least half of what the sessions of one tell is not of the other. */
export function hasOwnCore({ told }: GroupProfile, { families }: GroupProfile): boolean {
  if (told.length === 0) return false;
  const own = told.filter((session) => session.some((family) => !families.has(family))).length;
  return own * 2 >= told.length;
}

import type { ByteString } from '../model/bytes.ts';

export type ScoredRow = readonly [member: ByteString, score: number];

/** The members of a sorted set. To be changed by `putScore` and `dropScores` alone. */
export interface ScoredMembers {
  readonly byMember: Map<ByteString, number>;
  /** Undefined until somebody asks for an order. */
  index?: ScoreIndex;
}

/** Rows by score, then by member; a place is found in about the time of a binary search. */
export interface ScoreIndex {
  /** Adds a row that is not there. */
  put(member: ByteString, score: number): void;
  /** Removes a row that is there. */
  delete(member: ByteString, score: number): void;
  /** How many rows come before this one, which is there. */
  rank(member: ByteString, score: number): number;
  /** How many rows come before the first one for which `within` holds; it must hold for all that follow. */
  countBefore(within: (member: ByteString, score: number) => boolean): number;
  /** A part in order; `to` is exclusive. */
  rows(from?: number, to?: number): ScoredRow[];
}

/** No member twice. */
export function createScores(rows: Iterable<ScoredRow> = []): ScoredMembers {
  const byMember = new Map(rows);
  return { byMember, index: createScoreIndex(sortedRows(byMember)) };
}

export function scoreIndex(scores: ScoredMembers): ScoreIndex {
  scores.index ??= createScoreIndex(sortedRows(scores.byMember));
  return scores.index;
}

/** By score, then by member. */
export function sortedRows(rows: Iterable<ScoredRow>): ScoredRow[] {
  return [...rows].toSorted(([a, x], [b, y]) => (x === y ? (a < b ? -1 : 1) : x < y ? -1 : 1));
}

/** Adds a member or gives it another score. */
export function putScore(scores: ScoredMembers, member: ByteString, score: number): void {
  const { byMember } = scores;
  const index = scoreIndex(scores);
  const old = byMember.get(member);
  if (old !== undefined) index.delete(member, old);
  byMember.set(member, score);
  index.put(member, score);
}

/** Removes members; returns those that were there. */
export function dropScores(scores: ScoredMembers, members: readonly ByteString[]): ByteString[] {
  const { byMember } = scores;
  const index = scoreIndex(scores);
  if (members.length < byMember.size / 8) {
    return members.filter((member) => {
      const score = byMember.get(member);
      if (score !== undefined) index.delete(member, score);
      return byMember.delete(member);
    });
  }
  // For many it is cheaper to make the index anew.
  const gone = members.filter((member) => byMember.delete(member));
  scores.index = createScoreIndex(index.rows().filter(([member]) => byMember.has(member)));
  return gone;
}

/** Rows in a block before it is split in two. A block of few rows is cheap to shift, few blocks are cheap to count. */
const FULL = 512;

interface Block {
  readonly members: ByteString[];
  readonly scores: number[];
}

/** Sorted blocks of rows: adding costs a search and the shifting of half a block, a rank the counting of blocks. */
function createScoreIndex(inOrder: readonly ScoredRow[]): ScoreIndex {
  const blocks = blocksOf(inOrder);

  /** The first block whose last row does not come before this one; the last block when there is none. */
  const blockOf = (member: ByteString, score: number): number => {
    const found = firstIndex(blocks.length, (index) => !before(lastOf(blocks[index]), member, score));
    return Math.min(found, blocks.length - 1);
  };
  const insert = (member: ByteString, score: number): void => {
    const at = blockOf(member, score);
    const block = blocks[at];
    if (block === undefined) {
      blocks.push({ members: [member], scores: [score] });
      return;
    }
    const place = placeOf(block, member, score);
    if (place === block.members.length) {
      block.members.push(member);
      block.scores.push(score);
    } else {
      block.members.splice(place, 0, member);
      block.scores.splice(place, 0, score);
    }
    if (block.members.length <= FULL) return;
    // Scores that only grow would leave half-empty blocks behind: the last one gives away few.
    const kept = at === blocks.length - 1 ? FULL : FULL / 2;
    blocks.splice(at + 1, 0, { members: block.members.splice(kept), scores: block.scores.splice(kept) });
  };
  const takeOut = (member: ByteString, score: number): void => {
    const at = blockOf(member, score);
    const block = blocks[at];
    if (block === undefined) return;
    const place = placeOf(block, member, score);
    block.members.splice(place, 1);
    block.scores.splice(place, 1);
    if (block.members.length === 0) blocks.splice(at, 1);
    else if (block.members.length < FULL / 8) join(at);
  };
  /** Joins a small block with the next one when both fit into one. */
  const join = (at: number): void => {
    const [one, next] = [blocks[at], blocks[at + 1]];
    if (one === undefined || next === undefined || one.members.length + next.members.length > FULL / 2)
      return;
    one.members.push(...next.members);
    one.scores.push(...next.scores);
    blocks.splice(at + 1, 1);
  };
  const rowsBefore = (at: number): number => {
    let count = 0;
    for (let index = 0; index < at; index++) count += blocks[index]?.members.length ?? 0;
    return count;
  };

  return {
    put: insert,
    delete: takeOut,
    rank: (member, score) => {
      const at = blockOf(member, score);
      const block = blocks[at];
      return block === undefined ? 0 : rowsBefore(at) + placeOf(block, member, score);
    },
    countBefore: (within) => {
      const at = firstIndex(blocks.length, (index) => within(...lastOf(blocks[index])));
      const { members, scores } = blocks[at] ?? NOTHING;
      const holds = (index: number): boolean => within(members[index] ?? '', scores[index] ?? 0);
      return rowsBefore(at) + firstIndex(members.length, holds);
    },
    rows: (from = 0, to = Infinity) => {
      const found: ScoredRow[] = [];
      let start = 0;
      for (const { members, scores } of blocks) {
        if (start >= to) break;
        const end = Math.min(members.length, to - start);
        for (let index = Math.max(0, from - start); index < end; index++)
          found.push([members[index] ?? '', scores[index] ?? 0]);
        start += members.length;
      }
      return found;
    },
  };
}

const NOTHING: Block = { members: [], scores: [] };

function blocksOf(rows: readonly ScoredRow[]): Block[] {
  const blocks: Block[] = [];
  for (let from = 0; from < rows.length; from += FULL / 2) {
    const some = rows.slice(from, from + FULL / 2);
    blocks.push({ members: some.map(([member]) => member), scores: some.map(([, score]) => score) });
  }
  return blocks;
}

function lastOf(block: Block | undefined): ScoredRow {
  return [block?.members.at(-1) ?? '', block?.scores.at(-1) ?? 0];
}

function before([member, score]: ScoredRow, than: ByteString, thanScore: number): boolean {
  return score < thanScore || (score === thanScore && member < than);
}

/** Where a row is in a block, or belongs. */
function placeOf({ members, scores }: Block, member: ByteString, score: number): number {
  return firstIndex(members.length, (index) => {
    const there = scores[index] ?? 0;
    return there > score || (there === score && (members[index] ?? '') >= member);
  });
}

/** The first of `length` indexes for which it holds, by halving; `length` when it holds for none. */
function firstIndex(length: number, holds: (index: number) => boolean): number {
  let [low, high] = [0, length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(middle)) high = middle;
    else low = middle + 1;
  }
  return low;
}

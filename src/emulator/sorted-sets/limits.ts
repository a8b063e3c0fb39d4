import type { ByteString } from '../../model/bytes.ts';
import { range } from '../argument-range.ts';
import { looseDouble } from '../c-double.ts';
import { fail, integerArgument } from '../command.ts';
import { zsetForm } from '../encoding.ts';
import { scoreIndex } from '../scored-members.ts';
import { since } from '../version.ts';
import type { World } from '../world.ts';
import type { ZsetValue } from './zset-store.ts';

interface At {
  readonly world: World;
}

/** A part of a sorted set by place: `from` to, exclusive, `to`. */
export interface Part {
  readonly from: number;
  readonly to: number;
}

/** Finds the part of a set that lies between two limits. */
export type Between = (zset: ZsetValue) => Part;

export function betweenRanks(first: ByteString, last: ByteString, reversed = false): Between {
  const [start, end] = [integerArgument(first), integerArgument(last)];
  return ({ scores }) => {
    const { size } = scores.byMember;
    const { from, to } = range(start, end, size);
    return reversed ? { from: size - to, to: size - from } : { from, to };
  };
}

const BAD_SCORE = 'ERR min or max is not a float';

function scoreLimit(at: At, text: ByteString): { score: number; open: boolean } {
  const open = text.startsWith('(');
  const score = looseDouble(open ? text.slice(1) : text, since(at, 8));
  if (score === undefined) fail(BAD_SCORE);
  return { score, open };
}

export function betweenScores(at: At, least: ByteString, most: ByteString): Between {
  const [low, high] = [scoreLimit(at, least), scoreLimit(at, most)];
  return ({ scores }) => {
    const index = scoreIndex(scores);
    return {
      from: index.countBefore((_, score) => (low.open ? score > low.score : score >= low.score)),
      to: index.countBefore((_, score) => (high.open ? score >= high.score : score > high.score)),
    };
  };
}

type LexLimit = 'least' | 'most' | { readonly text: ByteString; readonly open: boolean };

function lexLimit(text: ByteString): LexLimit {
  if (text === '-') return 'least';
  if (text === '+') return 'most';
  const open = text.startsWith('(');
  if (!open && !text.startsWith('[')) fail('ERR min or max not valid string range item');
  return { text: text.slice(1), open };
}

/** What a range of texts is for: a server goes about each in another way. */
export type Purpose = 'forward' | 'backward' | 'count';

/** Larger sets are searched by halving, whatever their scores. */
const SMALL = 256;

/**
 * Limits of texts suppose that all scores are equal. Where they are not, a small set is gone through member by member
 * as a real server does it: from the first one that counts, for as long as they do.
 */
export function betweenTexts(at: At, least: ByteString, most: ByteString, purpose: Purpose): Between {
  const [low, high] = [lexLimit(least), lexLimit(most)];
  const aboveLow = (member: ByteString): boolean => isPast(member, low, true);
  const aboveHigh = (member: ByteString): boolean => isPast(member, high, false);
  return (zset) => {
    const index = scoreIndex(zset.scores);
    if (zset.scores.byMember.size > SMALL) {
      return { from: index.countBefore(aboveLow), to: index.countBefore(aboveHigh) };
    }
    const members = index.rows().map(([member]) => member);
    if (isEmptyRange(low, high) || !aboveLow(members.at(-1) ?? '') || aboveHigh(members[0] ?? ''))
      return NOTHING;
    const table = zsetForm(at, zset) === 'table';
    const from = members.findIndex(aboveLow);
    const end = endOf(members, aboveHigh);
    if (purpose === 'backward') {
      const to = table ? end : members.findLastIndex((member) => !aboveHigh(member)) + 1;
      return { from: members.slice(0, to).findLastIndex((member) => !aboveLow(member)) + 1, to };
    }
    if (aboveHigh(members[from] ?? '')) return NOTHING;
    if (purpose === 'count' && table) {
      return { from, to: aboveLow(members[end - 1] ?? '') ? end : members.length };
    }
    return { from, to: from + endOf(members.slice(from), aboveHigh) };
  };
}

function endOf(members: readonly ByteString[], isOver: (member: ByteString) => boolean): number {
  const found = members.findIndex(isOver);
  return found < 0 ? members.length : found;
}

const NOTHING: Part = { from: 0, to: 0 };

function isEmptyRange(low: LexLimit, high: LexLimit): boolean {
  if (low === 'most' || high === 'least') return true;
  if (low === 'least' || high === 'most') return false;
  return low.text > high.text || (low.text === high.text && (low.open || high.open));
}

/** True when a member lies behind a limit, or on it when that counts. */
function isPast(member: ByteString, limit: LexLimit, lower: boolean): boolean {
  if (typeof limit === 'string') return limit === 'least';
  return member > limit.text || (member === limit.text && (lower ? !limit.open : limit.open));
}

import type { ByteString } from '../../model/bytes.ts';
import { integer } from '../../wire/resp-reply.ts';
import { doubleArgument } from '../c-double.ts';
import type { Call } from '../command.ts';
import { argument, fail, nil, SYNTAX, touched } from '../command.ts';
import { notify } from '../notify.ts';
import { scoreReply } from '../score-reply.ts';
import type { ScoredRow } from '../scored-members.ts';
import { since } from '../version.ts';
import { expectMembers, newZset, put, zsetOf } from './zset-store.ts';

interface AddOptions {
  nx: boolean;
  xx: boolean;
  gt: boolean;
  lt: boolean;
  ch: boolean;
  incr: boolean;
}

const NO_OPTIONS: Readonly<AddOptions> = {
  nx: false,
  xx: false,
  gt: false,
  lt: false,
  ch: false,
  incr: false,
};

/** ZADD. */
export function add(call: Call, incr = false): ByteString {
  const options = { ...NO_OPTIONS, incr };
  let at = 2;
  for (; at < call.argv.length; at++) {
    const word = argument(call, at).toLowerCase();
    if (!isOption(call, word)) break;
    options[word] = true;
  }
  const words = call.argv.slice(at);
  if (words.length === 0 || words.length % 2 === 1) fail(SYNTAX);
  check(options, words.length / 2);
  const rows: ScoredRow[] = [];
  for (let index = 0; index < words.length; index += 2) {
    rows.push([words[index + 1] ?? '', doubleArgument(words[index] ?? '')]);
  }
  return write(call, rows, options);
}

function isOption(call: Call, word: string): word is keyof AddOptions {
  if (word === 'gt' || word === 'lt') return since(call, 6.2);
  return word === 'nx' || word === 'xx' || word === 'ch' || word === 'incr';
}

function check({ nx, xx, gt, lt, incr }: AddOptions, pairs: number): void {
  if (nx && xx) fail('ERR XX and NX options at the same time are not compatible');
  if ((gt && nx) || (lt && nx) || (gt && lt)) {
    fail('ERR GT, LT, and/or NX options at the same time are not compatible');
  }
  if (incr && pairs > 1) fail('ERR INCR option supports a single increment-element pair');
}

/** ZINCRBY, which takes the words for an option of ZADD first, as that does. */
export const increment = (call: Call): ByteString => add(call, true);

function write(call: Call, rows: readonly ScoredRow[], options: AddOptions): ByteString {
  const key = argument(call, 1);
  const there = zsetOf(call, key);
  if (there === undefined && options.xx) return options.incr ? nil(call) : integer(0);
  const longest = longestOf(call, rows);
  const zset = there ?? newZset(call, since(call, 7.2) ? rows.length : 0, longest);
  if (there !== undefined) expectMembers(call, zset, rows.length, longest);
  const { byMember } = zset.scores;
  const before = byMember.size;
  let [updated, grown] = [0, 0];
  let last: number | undefined;
  for (const [member, given] of rows) {
    const old = byMember.get(member);
    const score = options.incr && old !== undefined ? old + given : given;
    if (old === undefined ? options.xx : options.nx) continue;
    if (Number.isNaN(score)) fail('ERR resulting score is not a number (NaN)');
    if (old !== undefined && ((options.gt && score <= old) || (options.lt && score >= old))) continue;
    last = score;
    if (old === score) continue;
    if (old !== undefined) updated++;
    grown += put(call, zset, member, score);
  }
  const added = byMember.size - before;
  if (there === undefined) call.db.set(key, zset);
  else call.db.changed(key, grown);
  if (added + updated > 0) {
    touched(call, key, added + updated);
    notify(call, 'z', options.incr ? 'zincr' : 'zadd', key);
  }
  if (options.incr) return last === undefined ? nil(call) : scoreReply(call, last);
  return integer(options.ch ? added + updated : added);
}

/** Redis looks at the first member alone when it makes a set, up to 7.0; the later ones at all of them. */
function longestOf(call: Call, rows: readonly ScoredRow[]): number {
  if (!since(call, 7.2)) return rows[0]?.[0].length ?? 0;
  let longest = 0;
  for (const [{ length }] of rows) longest = Math.max(longest, length);
  return longest;
}

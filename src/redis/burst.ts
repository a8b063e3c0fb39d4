import type { Act, ActOf } from '../model/act.ts';
import type { ByteString } from '../model/bytes.ts';

/** Names that one session counts; an attacker can invent more than anyone wants to read. */
const MOST_NAMES = 64;
const SAMPLE_ARGUMENTS = 4;
const SAMPLE_BYTES = 64;
/** A command is dull only while each argument is short and has no line in it: no payload fits into that. */
const DULL_BYTES = 64;
const DULL_ARGUMENTS = 64;
const OTHERS = 'other';

/**
 * Decides which commands of a session are recorded one by one. One that means something (a value with content, a
 * setting, a module) always is; so are the first plain ones, and the first of each name that is not plain. What comes
 * after is counted and handed out as one `redis.burst`.
 */
export interface BurstCounter {
  /** Counts a plain command (lower-case name, words with it) beyond the budget, without a look at what it means; false when it was not counted. */
  swallow(name: string, argv: readonly ByteString[], now: number): boolean;
  /** The acts to record now. */
  admit(acts: readonly Act[], now: number): readonly Act[];
  /** What was counted since the last call; undefined when nothing was. */
  take(now: number): ActOf<'redis.burst'> | undefined;
}

export function createBurstCounter(plainCommands: number): BurstCounter {
  let left = plainCommands;
  /** Recorded calls by name, of commands that are not plain. */
  const recorded = new Map<string, number>();
  let counts = new Map<string, number>();
  let samples = new Map<string, string[]>();
  let since = 0;

  const count = (name: string, words: readonly ByteString[], from: number, now: number): void => {
    if (counts.size === 0) since = now;
    const counted = counts.has(name) || counts.size < MOST_NAMES ? name : OTHERS;
    const before = counts.get(counted);
    if (before === undefined) {
      const sample = words
        .slice(from, from + SAMPLE_ARGUMENTS)
        .map((argument) => argument.slice(0, SAMPLE_BYTES));
      samples.set(counted, sample);
    }
    counts.set(counted, (before ?? 0) + 1);
  };
  /** True while a command that is not plain has been seen seldom enough to be recorded once more. */
  const isRare = (name: string): boolean => {
    const known = recorded.has(name) || recorded.size < MOST_NAMES ? name : OTHERS;
    const times = recorded.get(known) ?? 0;
    if (times >= plainCommands) return false;
    recorded.set(known, times + 1);
    return true;
  };
  return {
    swallow: (name, argv, now) => {
      if (left > 0 || !PLAIN.has(name) || !areDull(argv)) return false;
      count(name, argv, 1, now);
      return true;
    },
    admit: (acts, now) => {
      const [command, ...meaning] = acts;
      if (command?.type !== 'redis.command' || !areDull(command.args)) return acts;
      const { name, args } = command;
      if (PLAIN.has(name)) {
        if (left-- > 0) return acts;
        left = 0;
      } else if (meaning.length > 0 || isRare(name)) return acts;
      count(name, args, 0, now);
      return [];
    },
    take: (now) => {
      if (counts.size === 0) return undefined;
      const ms = Math.max(0, now - since);
      const told = { counts: Object.fromEntries(counts), samples: Object.fromEntries(samples) };
      counts = new Map();
      samples = new Map();
      return { type: 'redis.burst', ...told, ms };
    },
  };
}

/** Ordinary reads and writes of clients. What they write is short when they are dull, so nothing is lost with it. */
const PLAIN = new Set(
  `append bitcount decr decrby dbsize del echo exists expire get getrange getset hdel hexists hget hgetall hincrby
  hkeys hlen hmget hmset hset hvals incr incrby incrbyfloat llen lindex lpop lpush lrange lrem lset mget mset
  object|encoding pexpire ping psetex pttl publish rpop rpush sadd scan scard select set setex setnx sismember smembers
  spop srem strlen time ttl type xadd zadd zcard zpopmin zrange zscore client|setname client|setinfo command`.split(
    /\s+/,
  ),
);

/** What a command to be run or an address to fetch from cannot do without: line ends, and these. */
const TELLING = new Uint8Array(128);
for (const character of '\n\r/|;`$>') TELLING[character.charCodeAt(0)] = 1;

function areDull(words: readonly ByteString[]): boolean {
  if (words.length > DULL_ARGUMENTS) return false;
  for (const word of words) {
    if (word.length > DULL_BYTES) return false;
    for (let at = 0; at < word.length; at++) {
      const code = word.charCodeAt(at);
      if (code < 128 && TELLING[code] === 1) return false;
    }
  }
  return true;
}

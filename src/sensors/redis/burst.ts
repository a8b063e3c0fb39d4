import type { Act, ActOf, RedisCommand } from '../../model/act.ts';

/** Names that one burst counts; an attacker can invent more than anyone wants to read. */
const MOST_NAMES = 64;
const SAMPLE_ARGUMENTS = 4;
const SAMPLE_BYTES = 64;

/**
 * Decides which acts of a session are recorded one by one. A telling act always is; so are the first plain commands.
 * What comes after is counted and handed out as one `redis.burst`.
 */
export interface BurstCounter {
  /** The acts to record now. */
  admit(acts: readonly Act[]): readonly Act[];
  /** What was counted since the last call; undefined when nothing was. */
  take(now: number): ActOf<'redis.burst'> | undefined;
}

export function createBurstCounter(plainCommands: number): BurstCounter {
  let left = plainCommands;
  let since: number | undefined;
  let counts: Record<string, number> = {};
  let samples: Record<string, string[]> = {};
  let names = 0;

  const count = ({ name, args }: RedisCommand): void => {
    const known = Object.hasOwn(counts, name);
    const counted = known || names < MOST_NAMES ? name : 'other';
    if (!Object.hasOwn(counts, counted)) {
      names++;
      samples[counted] = args.slice(0, SAMPLE_ARGUMENTS).map((argument) => argument.slice(0, SAMPLE_BYTES));
    }
    counts[counted] = (counts[counted] ?? 0) + 1;
  };
  return {
    admit: (acts) => {
      const [first, ...meaning] = acts;
      if (first?.type !== 'redis.command' || isTelling(first, meaning)) return acts;
      if (left > 0) {
        left--;
        return acts;
      }
      count(first);
      return [];
    },
    take: (now) => {
      if (names === 0) return undefined;
      const burst = { type: 'redis.burst' as const, counts, samples, ms: Math.max(0, now - (since ?? now)) };
      counts = {};
      samples = {};
      names = 0;
      since = now;
      return burst;
    },
  };
}

/** Ordinary reads and writes of clients; everything else has to be seen. */
const PLAIN = new Set(
  `append bitcount decr decrby dbsize del echo exists expire get getrange getset hget hgetall hlen hmget hset incr
  incrby incrbyfloat llen lindex lpop lpush lrange mget mset object|encoding pexpire ping psetex pttl publish rpop
  rpush sadd scan scard select set setex setnx sismember smembers spop srem strlen time ttl type xadd zadd zcard
  zpopmin zrange zscore client|setname client|setinfo command`.split(/\s+/),
);
/** A plain write is dull while what it writes is short and has no line in it. */
const DULL_VALUE = 64;

function isTelling(command: RedisCommand, meaning: readonly Act[]): boolean {
  if (!PLAIN.has(command.name)) return true;
  return meaning.some(
    (act) => act.type !== 'redis.value' || act.value.length > DULL_VALUE || /[\n\r]/.test(act.value),
  );
}

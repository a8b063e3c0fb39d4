const LONGEST = 32;

/** Names that visitors of open servers use, to tell a line of Redis from a line of something else. */
const NAMES = new Set(
  `acl append auth bgrewriteaof bgsave client cluster command config copy dbsize debug decr del discard dump echo eval
  evalsha exec exists expire fcall flushall flushdb function get getset hello hget hgetall hset incr info keys lastsave
  latency lindex llen lolwut lpush lrange memory mget migrate module monitor mset multi object persist ping pipe psetex
  psubscribe psync publish pubsub quit randomkey rename replconf replicaof reset restore role rpush sadd save scan script
  select set setex setnx setrange shutdown slaveof slowlog sort strlen subscribe swapdb sync time ttl type unlink wait
  watch xadd xread zadd zrange`.split(/\s+/),
);

/** Module commands of attack tools have a dot: `system.exec`. */
export function isCommandName(word: string): boolean {
  if (word.length > LONGEST) return false;
  const name = word.toLowerCase();
  return NAMES.has(name) || /^[a-z]{2,16}\.[a-z]{2,16}$/.test(name);
}

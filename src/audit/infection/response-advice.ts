const ISOLATE =
  'Isolate the server first: let its port through to you alone (firewall, security group). Do not restart it: memory and counters are evidence.';
const EVIDENCE =
  'Keep evidence before anything is changed: redis-cli INFO all ; redis-cli CONFIG GET dir* ; redis-cli MODULE LIST ; redis-cli SLOWLOG GET 128 ; redis-cli ACL LOG ; and a copy of the data: redis-cli --rdb evidence.rdb';
const ROTATE =
  'Rotate every password, key and token that was stored in it or lies on its host, and the password of Redis.';
const REBUILD =
  'Rebuild the host from clean media. In redis.conf: bind 127.0.0.1 -::1 | protected-mode yes | requirepass A-LONG-RANDOM-PASSWORD | enable-protected-configs no | enable-module-command no; and run it as a user of its own, not root.';

/** What to do about an attack, in order: isolate, keep evidence, stop the cause, rotate, rebuild. One line a step. */
export function responseAdvice(...stop: readonly string[]): string {
  return [ISOLATE, EVIDENCE, ...stop, ROTATE, REBUILD].join('\n');
}

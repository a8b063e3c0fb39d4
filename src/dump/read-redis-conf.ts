import type { ByteString } from '../model/bytes.ts';
import { inlineArguments } from '../wire/inline-arguments.ts';

/** One directive, in the order of the file. */
export interface Directive {
  /** Lower case. */
  readonly name: string;
  readonly args: readonly ByteString[];
  /** From 1. */
  readonly line: number;
}

export interface ConfigText {
  readonly directives: readonly Directive[];
  /** Numbers of lines that are none: a quote is not closed. */
  readonly faults: readonly number[];
  /** False when there are more lines than are read. */
  readonly complete: boolean;
}

const MOST_LINES = 100_000;

/** The lines of a redis.conf as Redis splits them: `#` begins a comment only at the beginning of a line. */
export function readRedisConf(text: ByteString): ConfigText {
  const directives: Directive[] = [];
  const faults: number[] = [];
  const all = text.split('\n', MOST_LINES + 1);
  for (const [index, raw] of all.slice(0, MOST_LINES).entries()) {
    const line = raw.trim();
    if (line === '' || line.startsWith('#')) continue;
    const [name, ...args] = inlineArguments(line) ?? [];
    if (name === undefined) faults.push(index + 1);
    else directives.push({ name: name.toLowerCase(), args, line: index + 1 });
  }
  return { directives, faults, complete: all.length <= MOST_LINES };
}

/** Words that every redis.conf holds some of; one of them tells it from another text. */
const KNOWN = new Set(
  'acllog-max-len aclfile active-expire-effort activedefrag activerehashing always-show-logo appenddirname appendfilename appendfsync appendonly auto-aof-rewrite-percentage bind client-output-buffer-limit cluster-enabled daemonize databases dbfilename dir enable-debug-command enable-module-command enable-protected-configs hash-max-listpack-entries hz include io-threads latency-monitor-threshold lazyfree-lazy-eviction list-max-listpack-size loadmodule logfile loglevel masterauth maxclients maxmemory maxmemory-policy notify-keyspace-events pidfile port protected-mode rdbchecksum rdbcompression rename-command repl-backlog-size repl-diskless-sync replica-priority replica-read-only replicaof requirepass save sentinel set-max-intset-entries slave-read-only slaveof slowlog-log-slower-than slowlog-max-len stop-writes-on-bgsave-error supervised syslog-enabled tcp-backlog tcp-keepalive timeout tls-cert-file tls-port unixsocket unixsocketperm zset-max-listpack-entries'.split(
    ' ',
  ),
);

/** True for a text of which most directives are of Redis. */
export function isRedisConf({ directives }: ConfigText): boolean {
  const known = directives.filter(({ name }) => KNOWN.has(name)).length;
  return known > 0 && known * 2 >= Math.min(directives.length, 40);
}

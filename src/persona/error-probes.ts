/** One question whose answer differs between versions: commands (or raw bytes) on a fresh connection. */
export interface ErrorProbe {
  readonly id: string;
  /** Words parted by blanks, one command a line; what comes back of the last line counts. */
  readonly ask: readonly (readonly string[])[] | { readonly raw: string };
  /** It may change the server, or leave traces that matter. */
  readonly changes?: true;
  /** Asked before authentication, of a server with a password. */
  readonly locked?: true;
}

const one = (id: string, ...argv: readonly string[]): ErrorProbe => ({ id, ask: [argv] });
const raw = (id: string, bytes: string): ErrorProbe => ({ id, ask: { raw: bytes } });
const locked = (probe: ErrorProbe): ErrorProbe => ({ ...probe, id: `locked-${probe.id}`, locked: true });
const changing = (probe: ErrorProbe): ErrorProbe => ({ ...probe, changes: true });

const CONTAINERS =
  'acl client cluster command config debug function latency memory module object pubsub script slowlog xgroup xinfo commandlog';
const MULTIBULK = '*1048577\r\n';
const HTTP = 'GET / HTTP/1.1\r\nHost: example.invalid\r\n\r\n';

export const errorProbes: readonly ErrorProbe[] = [
  one('unknown-command', 'FOOBAR', 'a'),
  one('unknown-command-bare', 'FOOBAR'),
  one('arity', 'GET'),
  one('arity-subcommand', 'CONFIG', 'GET'),
  ...CONTAINERS.split(' ').map((name) => one(`unknown-subcommand-${name}`, name, 'foo')),
  one('config-set-unknown', 'CONFIG', 'SET', 'nosuchsetting', 'x'),
  one('config-set-odd', 'CONFIG', 'SET', 'timeout', '0', 'hz'),
  one('config-set-fixed', 'CONFIG', 'SET', 'databases', '16'),
  one('config-set-number', 'CONFIG', 'SET', 'timeout', 'x'),
  one('config-set-range', 'CONFIG', 'SET', 'timeout', '-1'),
  one('config-set-flag', 'CONFIG', 'SET', 'appendonly', 'x'),
  one('config-set-choice', 'CONFIG', 'SET', 'maxmemory-policy', 'x'),
  one('config-set-memory', 'CONFIG', 'SET', 'maxmemory', 'x'),
  one('select-range', 'SELECT', '99'),
  one('select-word', 'SELECT', 'x'),
  one('auth-none-set', 'AUTH', 'x'),
  one('auth-wrong', 'AUTH', 'nobody', 'x'),
  one('auth-words', 'AUTH', 'a', 'b', 'c'),
  {
    id: 'subscribed-get',
    ask: [
      ['SUBSCRIBE', 'c'],
      ['GET', 'k'],
    ],
  },
  one('hello-word', 'HELLO', 'x'),
  one('hello-range', 'HELLO', '4'),
  one('hello-option', 'HELLO', '3', 'FOO'),
  raw('multibulk-length', MULTIBULK),
  raw('bulk-length', '*1\r\n$536870913\r\n'),
  raw('bulk-sign', '*1\r\n:5\r\n'),
  raw('inline-quotes', 'GET "a\r\n'),
  raw('http', HTTP),
  one('blpop-word', 'BLPOP', 'k', 'x'),
  one('blpop-negative', 'BLPOP', 'k', '-1'),
  one('set-syntax', 'SET', 'k', 'v', 'FOO'),
  one('set-expire-zero', 'SET', 'k', 'v', 'EX', '0'),
  one('incr-float', 'INCRBYFLOAT', 'k', 'x'),
  one('incr-word', 'INCRBY', 'k', 'x'),
  one('eval-runtime', 'EVAL', "return redis.call('foo')", '0'),
  one('eval-compile', 'EVAL', 'return (', '0'),
  one('eval-global-read', 'EVAL', 'return foo', '0'),
  one('eval-global-write', 'EVAL', 'x=1', '0'),
  one('eval-os-execute', 'EVAL', "return os.execute('x')", '0'),
  one('eval-error-reply', 'EVAL', 'return redis.error_reply("x")', '0'),
  one('eval-keys-negative', 'EVAL', 'return 1', '-1'),
  one('eval-keys-more', 'EVAL', 'return 1', '5'),
  one('evalsha-missing', 'EVALSHA', 'f'.repeat(40), '0'),
  one('exec-alone', 'EXEC'),
  one('discard-alone', 'DISCARD'),
  { id: 'multi-nested', ask: [['MULTI'], ['MULTI']] },
  { id: 'watch-in-multi', ask: [['MULTI'], ['WATCH', 'a']] },
  { id: 'exec-aborted', ask: [['MULTI'], ['GET'], ['EXEC']] },
  one('cluster-disabled', 'CLUSTER', 'INFO'),
  one('acl-cat-unknown', 'ACL', 'CAT', 'foo'),
  one('acl-setuser', 'ACL', 'SETUSER', 'nobody', '+foo'),
  one('client-kill-missing', 'CLIENT', 'KILL', '192.0.2.1:1'),
  one('client-name', 'CLIENT', 'SETNAME', 'a b'),
  one('client-reply', 'CLIENT', 'REPLY', 'foo'),
  one('getkeys-none', 'COMMAND', 'GETKEYS', 'PING', 'a'),
  one('getkeys-unknown', 'COMMAND', 'GETKEYS', 'FOOBAR', 'a'),
  one('getkeys-arity', 'COMMAND', 'GETKEYS', 'GET', 'a', 'b'),
  one('getkeys-shape', 'COMMAND', 'GETKEYS', 'EVAL', 'x', '9', 'a'),
  one('restore-garbage', 'RESTORE', 'k', '0', 'garbage'),
  one('migrate-missing', 'MIGRATE', '192.0.2.1', '1', 'nosuchkey', '0', '10'),
  one('replconf', 'REPLCONF', 'foo'),
  one('module-unload', 'MODULE', 'UNLOAD', 'nosuchmodule'),
  changing(one('module-load', 'MODULE', 'LOAD', '/nonexistent.so')),
  changing(one('config-set-dir', 'CONFIG', 'SET', 'dir', '/nonexistent')),
  changing(one('config-set-dbfilename-path', 'CONFIG', 'SET', 'dbfilename', '../x')),
  changing({
    id: 'wrong-type',
    ask: [
      ['SADD', 'sundew:k', 'a'],
      ['GET', 'sundew:k'],
    ],
  }),
  changing({
    id: 'no-such-key',
    ask: [
      ['DEL', 'sundew:k'],
      ['RENAME', 'sundew:k', 'sundew:l'],
    ],
  }),
  changing({ id: 'slaveof-port', ask: [['SLAVEOF', '192.0.2.1', '99999']] }),
  ...[
    one('ping', 'PING'),
    one('unknown-command', 'FOOBAR', 'a'),
    one('arity', 'GET'),
    one('auth-wrong', 'AUTH', 'x'),
    one('auth-wrong-user', 'AUTH', 'default', 'x'),
    one('hello', 'HELLO'),
    one('hello-3', 'HELLO', '3'),
    one('module-load', 'MODULE', 'LOAD', '/nonexistent.so'),
    one('debug', 'DEBUG', 'SLEEP', '0'),
    { id: 'multi-exec', ask: [['MULTI'], ['GET', 'k'], ['EXEC']] },
    raw('multibulk-length', '*11\r\n'),
    raw('bulk-length', '*1\r\n$20000\r\n'),
    raw('http', HTTP),
  ].map(locked),
];

import type { Check } from '../check.ts';
import { asks } from './dialogues.ts';

const WORDING =
  'Error texts are written by hand in an emulation, and differ from those of the release it claims to be.';
const TYPES = 'Replies of the wrong RESP type are the oldest tell: `+(nil)` for a null, `+value` for a bulk.';

export const errorChecks: readonly Check[] = [
  asks(
    {
      id: 'E1',
      title: 'unknown commands are refused in the words of the version',
      why: WORDING,
      measured: true,
    },
    ({ server }) =>
      server.level < 7
        ? [
            [['FOOBAR'], '-ERR unknown command `FOOBAR`, with args beginning with: '],
            [['FOOBAR', 'a', 'b c'], '-ERR unknown command `FOOBAR`, with args beginning with: `a`, `b c`, '],
          ]
        : [
            [['FOOBAR'], "-ERR unknown command 'FOOBAR', with args beginning with: "],
            [['FOOBAR', 'a', 'b c'], "-ERR unknown command 'FOOBAR', with args beginning with: 'a' 'b c' "],
          ],
  ),
  asks({ id: 'E2', title: 'arity errors name the command in lower case', why: WORDING }, () => [
    [['GET'], "-ERR wrong number of arguments for 'get' command"],
    [['hSeT', 'a', 'b'], "-ERR wrong number of arguments for 'hset' command"],
  ]),
  asks({ id: 'E3', title: 'what is not there is a null or a zero', why: TYPES }, ({ key }) => [
    [['GET', key('none')], '(nil)'],
    [['DEL', key('none')], ':0'],
    [['EXISTS', key('none')], ':0'],
    [['TTL', key('none')], ':-2'],
    [['TYPE', key('none')], '+none'],
    [['DBSIZE'], /^:\d+$/],
  ]),
  asks({ id: 'E4', title: 'a value is kept and comes back as a bulk string', why: TYPES }, ({ key }) => [
    [['SET', key('v'), 'some value'], '+OK'],
    [['GET', key('v')], '"some value"'],
    [['APPEND', key('v'), '!'], ':11'],
    [['STRLEN', key('v')], ':11'],
    [['GETRANGE', key('v'), '-6', '-1'], '"value!"'],
  ]),
  asks(
    {
      id: 'E5',
      title: 'the other types are there',
      why: 'Sensors that keep strings only say unknown command, or nil, to everything else.',
    },
    ({ key }) => [
      [['LPUSH', key('l'), 'a', 'b'], ':2'],
      [['TYPE', key('l')], '+list'],
      [['GET', key('l')], '-WRONGTYPE Operation against a key holding the wrong kind of value'],
      [['LRANGE', key('l'), '0', '-1'], '["b", "a"]'],
      [['HSET', key('h'), 'f', '1'], ':1'],
      [['HINCRBY', key('h'), 'f', '2'], ':3'],
      [['SADD', key('s'), 'a', 'a'], ':1'],
      [['ZADD', key('z'), '1.5', 'm'], ':1'],
      [['ZSCORE', key('z'), 'm'], '"1.5"'],
      [['XADD', key('x'), '1-1', 'f', 'v'], '"1-1"'],
      [['XLEN', key('x')], ':1'],
      [['PFADD', key('p'), 'a'], ':1'],
      [['GEOADD', key('g'), '13.361389', '38.115556', 'Palermo'], ':1'],
      [['GEOHASH', key('g'), 'Palermo'], '["sqc8b49rny0"]'],
      [['SETBIT', key('b'), '7', '1'], ':0'],
      [['BITCOUNT', key('b')], ':1'],
    ],
  ),
  asks(
    { id: 'E6', title: 'what cannot be counted or selected is an error', why: WORDING, measured: true },
    ({ key, server }) => [
      [['SET', key('t'), 'text'], '+OK'],
      [['INCR', key('t')], '-ERR value is not an integer or out of range'],
      [['SELECT', '99999'], '-ERR DB index is out of range'],
      [
        ['SELECT', 'x'],
        server.level < 6.2 ? '-ERR invalid DB index' : '-ERR value is not an integer or out of range',
      ],
      [['SELECT', '1'], /^(\+OK|-ERR DB index is out of range)$/],
      [['SELECT', '0'], '+OK'],
    ],
  ),
  asks(
    {
      id: 'E11',
      title: 'RESP3 is spoken',
      why: 'Few emulations know HELLO, fewer change the types of later replies.',
    },
    ({ key, server }) => [
      [['HELLO', '4'], '-NOPROTO unsupported protocol version'],
      [
        ['HELLO', '3'],
        new RegExp(
          `^\\{"server": "${server.engine}", "version": "${server.version.replaceAll('.', '\\.')}", "proto": :3, "id": :\\d+, "mode": `,
        ),
      ],
      [['GET', key('none')], '(nil)'],
      [['HGETALL', key('none')], '{}'],
    ],
  ),
  asks(
    {
      id: 'E12',
      title: 'the commands of an administrator answer',
      why: 'Both better emulations say unknown command here.',
    },
    ({ server }) => [
      [['RESET'], server.level < 6.2 ? /^-ERR unknown command/ : '+RESET'],
      [['ACL', 'WHOAMI'], /^("|-NOAUTH)/],
    ],
  ),
  asks({ id: 'E13', title: 'a subscriber may not ask', why: WORDING, measured: true }, ({ key, server }) => [
    [['SUBSCRIBE', key('c')], /^\["subscribe", /],
    [
      ['GET', key('none')],
      server.level < 6.2
        ? "-ERR Can't execute 'get': only (P)SUBSCRIBE / (P)UNSUBSCRIBE / PING / QUIT are allowed in this context"
        : server.level < 7
          ? "-ERR Can't execute 'get': only (P)SUBSCRIBE / (P)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context"
          : "-ERR Can't execute 'get': only (P|S)SUBSCRIBE / (P|S)UNSUBSCRIBE / PING / QUIT / RESET are allowed in this context",
    ],
    [['PING'], '["pong", ""]'],
  ]),
  asks({ id: 'E14', title: 'transactions are known', why: WORDING }, ({ key }) => [
    [['EXEC'], '-ERR EXEC without MULTI'],
    [['DISCARD'], '-ERR DISCARD without MULTI'],
    [['MULTI'], '+OK'],
    [['SET', key('m'), '1'], '+QUEUED'],
    [['INCR', key('m')], '+QUEUED'],
    [['EXEC'], '[+OK, :2]'],
    [['MULTI'], '+OK'],
    [['GET'], "-ERR wrong number of arguments for 'get' command"],
    [['EXEC'], '-EXECABORT Transaction discarded because of previous errors.'],
  ]),
  asks({ id: 'E17', title: 'DUMP, RESTORE and MIGRATE answer', why: WORDING }, ({ key }) => [
    [['RESTORE', key('r'), '0', 'abc'], '-ERR DUMP payload version or checksum are wrong'],
    [['DUMP', key('none')], '(nil)'],
    [['MIGRATE', '192.0.2.1', '1', key('none'), '0', '10'], '+NOKEY'],
  ]),
];

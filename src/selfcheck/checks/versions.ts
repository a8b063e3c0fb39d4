import type { Check } from '../check.ts';
import { asks } from './dialogues.ts';

const why = 'The version is easy to copy; how that version words and orders its answers is not.';

/** C22: what changed between releases, and is asked of the release that the server claims to be. */
export const versionChecks: readonly Check[] = [
  asks(
    {
      id: 'C22.subcommands',
      title: 'unknown subcommands are refused in the words of the version',
      why,
      measured: true,
    },
    ({ server }) =>
      server.level < 7
        ? [
            [
              ['CONFIG', 'FOO'],
              "-ERR Unknown subcommand or wrong number of arguments for 'FOO'. Try CONFIG HELP.",
            ],
            [
              ['CONFIG', 'GET'],
              "-ERR Unknown subcommand or wrong number of arguments for 'GET'. Try CONFIG HELP.",
            ],
            [
              ['CLIENT', 'FOO'],
              /^-ERR Unknown subcommand or wrong number of arguments for 'FOO'\. Try CLIENT HELP\.?$/,
            ],
          ]
        : [
            [['CONFIG', 'FOO'], "-ERR unknown subcommand 'FOO'. Try CONFIG HELP."],
            [['CONFIG', 'GET'], "-ERR wrong number of arguments for 'config|get' command"],
            [['CLIENT', 'FOO'], "-ERR unknown subcommand 'FOO'. Try CLIENT HELP."],
            [['OBJECT', 'FOO'], "-ERR unknown subcommand 'FOO'. Try OBJECT HELP."],
          ],
  ),
  asks(
    {
      id: 'C22.commands',
      title: 'it has the commands of its version and none of a later one',
      why,
      measured: true,
    },
    ({ server, key }) => {
      const { level, engine } = server;
      const from = (since: number, there: RegExp): RegExp =>
        level < since ? /^-ERR (unknown|Unknown) (sub)?command/ : there;
      return [
        [['COPY', key('none'), key('other')], from(6.2, /^:0$/)],
        [['GETDEL', key('none')], from(6.2, /^\(nil\)$/)],
        [['LMPOP', '1', key('none'), 'LEFT'], from(7, /^\(nil\)$/)],
        [['CLIENT', 'SETINFO', 'lib-name', 'x'], from(7.2, /^\+OK$/)],
        [
          ['HPEXPIRETIME', key('none'), 'FIELDS', '1', 'f'],
          engine === 'valkey' ? /^-ERR unknown command/ : from(7.4, /^(\[:-2\]|\(nil\)|\[\])$/),
        ],
        [
          ['HGETEX', key('none'), 'FIELDS', '1', 'f'],
          engine === 'valkey' ? /^-ERR unknown command/ : from(8, /^(\[\(nil\)\]|\(nil\))$/),
        ],
        [['FUNCTION', 'LIST'], from(7, /^\[/)],
      ];
    },
  ),
  asks(
    { id: 'C22.texts', title: 'errors are worded as in its version', why, measured: true },
    ({ server, key }) => {
      const { level, engine } = server;
      return [
        [
          ['SET', key('e'), 'v', 'EX', '0'],
          level < 7 ? '-ERR invalid expire time in set' : "-ERR invalid expire time in 'set' command",
        ],
        [['SET', key('e'), 'v', 'FOO'], '-ERR syntax error'],
        [
          ['HELLO', 'x'],
          level < 6.2
            ? '-NOPROTO unsupported protocol version'
            : '-ERR Protocol version is not an integer or out of range',
        ],
        [
          ['EVALSHA', 'f'.repeat(40), '0'],
          engine === 'valkey'
            ? '-NOSCRIPT No matching script.'
            : '-NOSCRIPT No matching script. Please use EVAL.',
        ],
        [['BLPOP', key('none'), 'x'], '-ERR timeout is not a float or out of range'],
        [['CLIENT', 'REPLY', 'foo'], '-ERR syntax error'],
        [['CLIENT', 'KILL', '192.0.2.1:1'], '-ERR No such client'],
        [['ACL', 'CAT', 'foo'], "-ERR Unknown category 'foo'"],
        [['COMMAND', 'GETKEYS', 'PING', 'a'], '-ERR The command has no key arguments'],
        [['COMMAND', 'GETKEYS', 'FOOBAR', 'a'], '-ERR Invalid command specified'],
        [['MULTI'], '+OK'],
        [
          ['MULTI'],
          engine === 'valkey'
            ? /^-ERR (Command not allowed inside a transaction|MULTI calls can not be nested)$/
            : '-ERR MULTI calls can not be nested',
        ],
      ];
    },
  ),
];

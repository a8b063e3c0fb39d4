import type { ByteString } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import type { HelpEntry } from '../help-reply.ts';
import { helpReply } from '../help-reply.ts';
import { isValkey, since } from '../version.ts';

/** CLIENT HELP of 6.0. */
export const CLIENT_HELP: readonly HelpEntry[] = [
  ['ID', 'The number of this connection.'],
  ['GETNAME', 'The name of this connection.'],
  ['KILL <ip:port>', 'Close the connection from that address.'],
  ['KILL <option> <value> [option value ...]', 'Close connections, by these options:'],
  ['     ADDR <ip:port>', 'the address they come from'],
  ['     TYPE (normal|master|replica|pubsub)', 'their kind'],
  ['     USER <username>', 'the user they are logged in as'],
  ['     SKIPME (yes|no)', 'leave this one open (default: yes)'],
  ['LIST [options ...]', 'Connections, a line each. Options:'],
  ['     TYPE (normal|master|replica|pubsub)', 'only those of this kind'],
  ['PAUSE <timeout>', 'Let all clients wait for so many milliseconds.'],
  ['REPLY (on|off|skip)', 'Whether this connection gets replies.'],
  ['SETNAME <name>', 'Give this connection a name.'],
  ['UNBLOCK <clientid> [TIMEOUT|ERROR]', 'End the wait of a blocked client.'],
  [
    'TRACKING (on|off) [REDIRECT <id>] [BCAST] [PREFIX first] [PREFIX second] [OPTIN] [OPTOUT]...',
    'Tell this client when keys it has read change.',
  ],
  ['CACHING  (yes|no)', 'Track, or not, the keys of the next command (OPTIN and OPTOUT).'],
  ['GETREDIR', 'The client that is told in place of this one.'],
];

/** The same from 6.2 on; what each release has of it. */
export function clientHelp(call: Call): ByteString {
  const master = isValkey(call) ? 'PRIMARY' : 'MASTER';
  const kinds = `NORMAL|${master}|REPLICA|PUBSUB`;
  const filters = since(call, 7.4) || isValkey(call);
  const entries: HelpEntry[] = [
    ['CACHING (YES|NO)', 'Track, or not, the keys of the next command (OPTIN and OPTOUT).'],
    ...valkeyOnly(call, [
      'CAPA <option> [options...]',
      'Say what this client can do. Options:',
      '* REDIRECT',
      '  It follows redirections when roles change.',
    ]),
    ['GETREDIR', 'The client that is told in place of this one.'],
    ['GETNAME', 'The name of this connection.'],
    ['ID', 'The number of this connection.'],
    ['INFO', 'The line of CLIENT LIST for this connection.'],
    ['KILL <ip:port>', 'Close the connection from that address.'],
    [
      'KILL <option> <value> [<option> <value> [...]]',
      'Close connections, by these options:',
      '* ADDR (<ip:port>|<unixsocket>:0)',
      '  The address they come from',
      '* LADDR (<ip:port>|<unixsocket>:0)',
      '  The address they were made to',
      `* TYPE (${kinds})`,
      '  Their kind.',
      '* USER <username>',
      '  The user they are logged in as.',
      '* SKIPME (YES|NO)',
      '  Leave this one open (default: yes).',
      ...(filters
        ? [
            isValkey(call) ? '* ID <client-id> [<client-id>...]' : '* ID <client-id>',
            '  Their number.',
            '* MAXAGE <maxage>',
            '  Only those that are older, in seconds.',
          ]
        : []),
    ],
    [
      'LIST [options ...]',
      'Connections, a line each. Options:',
      `* TYPE (${kinds})`,
      '  Only those of this kind.',
      ...(isValkey(call) ? VALKEY_LIST : []),
    ],
    ['UNPAUSE', 'End a pause.'],
    ['PAUSE <timeout> [WRITE|ALL]', 'Let all clients, or those that write, wait for so many milliseconds.'],
    ['REPLY (ON|OFF|SKIP)', 'Whether this connection gets replies.'],
    ['SETNAME <name>', 'Give this connection a name.'],
    ...(since(call, 7.2)
      ? [
          [
            'SETINFO <option> <value>',
            'Tell about the client. Options:',
            '* LIB-NAME: name of its library.',
            '* LIB-VER: version of its library.',
          ] as const,
        ]
      : []),
    ['UNBLOCK <clientid> [TIMEOUT|ERROR]', 'End the wait of a blocked client.'],
    [
      'TRACKING (ON|OFF) [REDIRECT <id>] [BCAST] [PREFIX <prefix> [...]]',
      '     [OPTIN] [OPTOUT] [NOLOOP]',
      'Tell this client when keys it has read change.',
    ],
    ['TRACKINGINFO', 'How tracking stands for this connection.'],
    ['NO-EVICT (ON|OFF)', 'Never close this connection to free memory.'],
    ...(since(call, 7.2)
      ? [['NO-TOUCH (ON|OFF)', 'Commands of this connection do not count as use of their keys.'] as const]
      : []),
    ...valkeyOnly(call, [
      'IMPORT-SOURCE (ON|OFF)',
      'This connection brings data while import-mode is on:',
      'for it,',
      'keys past their time are still there.',
    ]),
  ];
  return helpReply(call, 'CLIENT', entries);
}

const valkeyOnly = (call: Call, entry: HelpEntry): readonly HelpEntry[] => (isValkey(call) ? [entry] : []);

const VALKEY_LIST = [
  '* USER <username>',
  '  Only those of this user.',
  '* ADDR <ip:port>',
  '  Only those from this address.',
  '* LADDR <ip:port>',
  '  Only those made to this address.',
  '* ID <client-id> [<client-id>...]',
  '  Only those with these numbers.',
  '* SKIPME (YES|NO)',
  '  Leave this one out (default: no).',
  '* MAXAGE <maxage>',
  '  Only those that are older, in seconds.',
];

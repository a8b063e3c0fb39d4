import type { ByteString } from '../../model/bytes.ts';
import { array, simpleString } from '../../wire/resp-reply.ts';
import type { Call } from '../command.ts';
import { isValkey, since } from '../version.ts';

const OLD = [
  'SCRIPT <subcommand> arg arg ... arg. Subcommands are:',
  'DEBUG (yes|sync|no) -- Set the debug mode for subsequent scripts executed.',
  'EXISTS <sha1> [<sha1> ...] -- Return information about the existence of the scripts in the script cache.',
  'FLUSH -- Flush the Lua scripts cache. Very dangerous on replicas.',
  'KILL -- Kill the currently executing Lua script.',
  'LOAD <script> -- Load a script into the scripts cache, without executing it.',
];

/** SCRIPT HELP as the versions word it. */
export function scriptHelp(call: Call): ByteString {
  return array((since(call, 6.2) ? modern(call) : OLD).map(simpleString));
}

function modern(call: Call): readonly string[] {
  const behaviour = isValkey(call)
    ? [
        '    When called without the optional mode argument, the behavior is determined',
        '     by the lazyfree-lazy-user-flush configuration directive. Valid modes are:',
      ]
    : [
        '    When called without the optional mode argument, the behavior is determined by the',
        '    lazyfree-lazy-user-flush configuration directive. Valid modes are:',
      ];
  return [
    'SCRIPT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:',
    'DEBUG (YES|SYNC|NO)',
    '    Set the debug mode for subsequent scripts executed.',
    'EXISTS <sha1> [<sha1> ...]',
    '    Return information about the existence of the scripts in the script cache.',
    'FLUSH [ASYNC|SYNC]',
    '    Flush the Lua scripts cache. Very dangerous on replicas.',
    ...behaviour,
    '    * ASYNC: Asynchronously flush the scripts cache.',
    '    * SYNC: Synchronously flush the scripts cache.',
    'KILL',
    '    Kill the currently executing Lua script.',
    'LOAD <script>',
    '    Load a script into the scripts cache without executing it.',
    ...(isValkey(call) ? ['SHOW <sha1>', '    Show a script from the scripts cache.'] : []),
    'HELP',
    since(call, 7.2) ? '    Print this help.' : '    Prints this help.',
  ];
}

import type { Call } from '../command.ts';
import { since } from '../version.ts';

const OLD: readonly string[] = [
  'OBJECT <subcommand> arg arg ... arg. Subcommands are:',
  'ENCODING <key> -- Return the kind of internal representation used in order to store the value associated with a key.',
  'FREQ <key> -- Return the access frequency index of the key. The returned integer is proportional to the logarithm of the recent access frequency of the key.',
  'IDLETIME <key> -- Return the idle time of the key, that is the approximated number of seconds elapsed since the last access to the key.',
  'REFCOUNT <key> -- Return the number of references of the value associated with the specified key.',
];

/** OBJECT HELP as the versions word it. */
export function objectHelp(call: Call): readonly string[] {
  if (!since(call, 6.2)) return OLD;
  return [
    'OBJECT <subcommand> [<arg> [value] [opt] ...]. Subcommands are:',
    'ENCODING <key>',
    '    Return the kind of internal representation used in order to store the value',
    '    associated with a <key>.',
    'FREQ <key>',
    '    Return the access frequency index of the <key>. The returned integer is',
    '    proportional to the logarithm of the recent access frequency of the key.',
    'IDLETIME <key>',
    '    Return the idle time of the <key>, that is the approximated number of',
    '    seconds elapsed since the last access to the key.',
    'REFCOUNT <key>',
    '    Return the number of references of the value associated with the specified',
    '    <key>.',
    'HELP',
    since(call, 7.2) ? '    Print this help.' : '    Prints this help.',
  ];
}

import type { ByteString } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import type { HelpEntry } from '../help-reply.ts';
import { helpReply } from '../help-reply.ts';
import { since } from '../version.ts';

/** FUNCTION HELP, line for line like the releases: 7.0 lists descriptions, later ones do not. */
export function functionHelp(call: Call): ByteString {
  const described = since(call, 7.2) ? [] : ['* its description'];
  const entries: readonly HelpEntry[] = [
    ['LOAD [REPLACE] <FUNCTION CODE>', 'Make a library out of this code.'],
    ['DELETE <LIBRARY NAME>', 'Remove a library.'],
    [
      'LIST [LIBRARYNAME PATTERN] [WITHCODE]',
      'What libraries there are, and of each:',
      '* its name',
      '* its engine',
      ...described,
      '* its functions',
      '* its code, with WITHCODE',
      'With LIBRARYNAME only those whose name fits the pattern.',
    ],
    [
      'STATS',
      'What runs at the moment:',
      '* the function',
      '* the command that called it',
      '* for how many milliseconds',
      'Nil while nothing runs.',
      'The engines are listed as well.',
    ],
    ['KILL', 'End the function that runs.'],
    [
      'FLUSH [ASYNC|SYNC]',
      'Remove all libraries.',
      'Without a mode the setting',
      'lazyfree-lazy-user-flush decides. Modes:',
      '* ASYNC: memory is freed in the background.',
      '* SYNC: memory is freed before the reply.',
    ],
    ['DUMP', 'All libraries as bytes that FUNCTION RESTORE takes.'],
    [
      'RESTORE <PAYLOAD> [FLUSH|APPEND|REPLACE]',
      'Bring back libraries from such bytes. What happens to those',
      'that are there already (APPEND when nothing is said):',
      '* FLUSH: they are removed first.',
      '* APPEND: they stay; one of the same name is an error.',
      '* REPLACE: they stay, but one of the same name is replaced.',
      '  It is still an error when a function of another library',
      '  has the same name.',
    ],
  ];
  return helpReply(call, 'FUNCTION', entries);
}

import type { ByteString } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import type { HelpEntry } from '../help-reply.ts';
import { helpReply } from '../help-reply.ts';
import { isValkey, since } from '../version.ts';

const OLD: readonly HelpEntry[] = [
  ['DEBUG (yes|sync|no)', 'Whether the scripts that follow are debugged.'],
  ['EXISTS <sha1> [<sha1> ...]', 'Which of these scripts are cached.'],
  ['FLUSH', 'Forget all cached scripts.'],
  ['KILL', 'End the script that runs.'],
  ['LOAD <script>', 'Cache a script; it is not run.'],
];

/** SCRIPT HELP. */
export function scriptHelp(call: Call): ByteString {
  if (!since(call, 6.2)) return helpReply(call, 'SCRIPT', OLD);
  const entries: readonly HelpEntry[] = [
    ['DEBUG (YES|SYNC|NO)', 'Whether the scripts that follow are debugged.'],
    ['EXISTS <sha1> [<sha1> ...]', 'Which of these scripts are cached.'],
    [
      'FLUSH [ASYNC|SYNC]',
      'Forget all cached scripts.',
      'Without a mode the setting',
      'lazyfree-lazy-user-flush decides. Modes:',
      '* ASYNC: memory is freed in the background.',
      '* SYNC: memory is freed before the reply.',
    ],
    ['KILL', 'End the script that runs.'],
    ['LOAD <script>', 'Cache a script; it is not run.'],
    ...(isValkey(call) ? [['SHOW <sha1>', 'The text of a cached script.'] as const] : []),
  ];
  return helpReply(call, 'SCRIPT', entries);
}

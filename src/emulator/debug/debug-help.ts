import type { ByteString } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import type { HelpEntry } from '../help-reply.ts';
import { helpReply } from '../help-reply.ts';

const ENTRIES: readonly HelpEntry[] = [
  ['AOF-FLUSH-SLEEP <microsec>', 'Wait before the AOF is written; for tests.'],
  ['ASSERT', 'Crash by an assertion that fails.'],
  ['CHANGE-REPL-ID', 'Take new replication ids; for tests of replication only.'],
  ['CONFIG-REWRITE-FORCE-ALL', 'Write all settings into the configuration file, defaults too.'],
  ['CRASH-AND-RECOVER [<milliseconds>]', 'Crash, and start again after a while (default 0).'],
  ['DIGEST', 'Tell a hash over all that is stored.'],
  ['DIGEST-VALUE <key> [<key> ...]', 'Tell a hash over the value of each key.'],
  ['ERROR <string>', 'Answer with this error; for tests of clients.'],
  ['LEAK <string>', 'Lose the memory of this string.'],
  ['LOG <message>', 'Write a <message> to the log.'],
  ['HTSTATS <dbid>', 'Tell how the hash tables of a database are filled.'],
  ['HTSTATS-KEY <key>', 'The same of the hash table that is the value of a key.'],
  ['LOADAOF', 'Write the AOF and load it again.'],
  ['MALLCTL <key> [<val>]', 'Read or set a number of the allocator.'],
  ['MALLCTL-STR <key> [<val>]', 'Read or set a text of the allocator.'],
  ['OBJECT <key>', 'Tell how a key and its value are kept.'],
  ['OOM', 'Crash as when memory is out.'],
  ['PANIC', 'Crash by a panic.'],
  [
    'POPULATE <count> [<prefix>] [<size>]',
    'Make <count> keys with strings, named key:<num> or with the <prefix>.',
  ],
  [
    'PROTOCOL <type>',
    'Answer with a value of a type: string, integer, double, bignum, null, array,',
    'set, map, attrib, push, verbatim, true, false.',
  ],
  ['RELOAD [option ...]', 'Save, and load again. Options: MERGE, NOFLUSH, NOSAVE.'],
  ['RESTART [<milliseconds>]', 'Save and start again after a while (default 0).'],
  ['SDSLEN <key>', 'Tell the lengths of a key and its string.'],
  ['SEGFAULT', 'Crash by a wrong address.'],
  ['SET-ACTIVE-EXPIRE <0|1>', 'Turn off or on that keys expire which nobody asks for.'],
  ['SLEEP <seconds>', 'Let the server sleep. Decimals are taken.'],
  ['STRINGMATCH-TEST', 'Try the matcher of patterns with random input.'],
  ['STRUCTSIZE', 'Tell the sizes of structures.'],
];

export function debugHelp(call: Call): ByteString {
  return helpReply(call, 'DEBUG', ENTRIES);
}

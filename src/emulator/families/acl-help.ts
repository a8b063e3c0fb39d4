import type { ByteString } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import type { HelpEntry } from '../help-reply.ts';
import { helpReply } from '../help-reply.ts';
import { since } from '../version.ts';

export function aclHelp(call: Call): ByteString {
  if (!since(call, 6.2)) return helpReply(call, 'ACL', OLDER);
  return helpReply(
    call,
    'ACL',
    since(call, 7) ? ENTRIES : ENTRIES.filter(([usage]) => !usage.startsWith('DRYRUN')),
  );
}

const ENTRIES: readonly HelpEntry[] = [
  ['CAT [<category>]', 'The categories of commands,', 'or the commands of one category.'],
  ['DELUSER <username> [<username> ...]', 'Remove users.'],
  ['DRYRUN <username> <command> [<arg> ...]', 'Whether a user may run this command; it is not run.'],
  ['GETUSER <username>', 'What a user may do.'],
  ['GENPASS [<bits>]', 'A random password of 256 bits,', 'or of as many as are asked for.'],
  ['LIST', 'Users, as lines of a configuration file.'],
  ['LOAD', 'Read the users from the ACL file.'],
  ['LOG [<count> | RESET]', 'What was denied lately.'],
  ['SAVE', 'Write the users to the ACL file.'],
  ['SETUSER <username> <attribute> [<attribute> ...]', 'Make or change a user.'],
  ['USERS', 'The names of the users.'],
  ['WHOAMI', 'The user of this connection.'],
];

const OLDER: readonly HelpEntry[] = [
  ['LOAD                            ', 'Read the users from the ACL file.'],
  ['SAVE                            ', 'Write the users to the ACL file.'],
  ['LIST                            ', 'Users, as lines of a configuration file.'],
  ['USERS                           ', 'The names of the users.'],
  ['SETUSER <username> [attribs ...]', 'Make or change a user.'],
  ['GETUSER <username>              ', 'What a user may do.'],
  ['DELUSER <username> [...]        ', 'Remove users.'],
  ['CAT                             ', 'The categories of commands.'],
  ['CAT <category>                  ', 'The commands of one category.'],
  ['GENPASS [<bits>]                ', 'A random password.'],
  ['WHOAMI                          ', 'The user of this connection.'],
  ['LOG [<count> | RESET]           ', 'What was denied lately.'],
];

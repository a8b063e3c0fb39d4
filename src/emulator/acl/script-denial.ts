import type { ByteString } from '../../model/bytes.ts';
import type { Call, Command } from '../command.ts';
import { since } from '../version.ts';
import { ruleContext } from './acl.ts';
import { noteDenial } from './denial-log.ts';
import type { Denial } from './permission.ts';
import { denialOf } from './permission.ts';

/** Why the user who runs a script may not run this command of it, without `ERR`; undefined when it may. */
export function scriptDenial(call: Call, command: Command): ByteString | undefined {
  const { world, client, argv } = call;
  const denied = denialOf(client.user, command, argv, ruleContext(world));
  if (denied === undefined) return undefined;
  const object = denied.kind === 'command' ? command.name : (argv[denied.at] ?? '');
  const { name: username } = client.user;
  noteDenial(world, client, { reason: denied.kind, context: 'lua', object, username }, argv);
  if (!since(call, 7.2)) return OLDER[denied.kind];
  return `ACL failure in script: ${NEWER[denied.kind](username, command.name)}`;
}

const OLDER: Readonly<Record<Denial['kind'], string>> = {
  command: "The user executing the script can't run this command or subcommand",
  key: "The user executing the script can't access at least one of the keys mentioned in the command arguments",
  channel: "The user executing the script can't publish to the channel mentioned in the command",
};

const NEWER: Readonly<Record<Denial['kind'], (user: ByteString, command: string) => string>> = {
  command: (user, command) => `User ${user} has no permissions to run the '${command}' command`,
  key: () => 'No permissions to access a key',
  channel: () => 'No permissions to access a channel',
};

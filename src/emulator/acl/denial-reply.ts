import type { ByteString } from '../../model/bytes.ts';
import type { Command } from '../command.ts';
import type { ClientState, World } from '../world.ts';
import { ruleContext } from './acl.ts';
import { noteDenial } from './denial-log.ts';
import { denialOf } from './permission.ts';

/** Why the user may not run a command, without the minus; undefined when it may. ACL LOG will show it. */
export function denial(
  world: World,
  client: ClientState,
  command: Command,
  argv: readonly ByteString[],
): ByteString | undefined {
  const { user } = client;
  const denied = denialOf(user, command, argv, ruleContext(world));
  if (denied === undefined) return undefined;
  const object = denied.kind === 'command' ? command.name : (argv[denied.at] ?? '');
  const context = client.queue === undefined ? 'toplevel' : 'multi';
  noteDenial(world, client, { reason: denied.kind, context, object, username: user.name }, argv);
  const who = world.level >= 7.2 ? `User ${user.name} has` : 'this user has';
  switch (denied.kind) {
    case 'command':
      return `NOPERM ${who} no permissions to run the '${command.name}' command${world.level < 7 ? ' or its subcommand' : ''}`;
    case 'key':
      return world.level >= 7.2
        ? 'NOPERM No permissions to access a key'
        : 'NOPERM this user has no permissions to access one of the keys used as arguments';
    case 'channel':
      return world.level >= 7.2
        ? 'NOPERM No permissions to access a channel'
        : 'NOPERM this user has no permissions to access one of the channels used as arguments';
  }
}

/** Why a queued command may no longer run when EXEC comes to it. */
export function lateDenial(
  world: World,
  client: ClientState,
  command: Command,
  argv: readonly ByteString[],
): ByteString | undefined {
  if (client.user.free) return undefined;
  const denied = denialOf(client.user, command, argv, ruleContext(world));
  if (denied === undefined) return undefined;
  const object = denied.kind === 'command' ? command.name : (argv[denied.at] ?? '');
  noteDenial(
    world,
    client,
    { reason: denied.kind, context: 'multi', object, username: client.user.name },
    argv,
  );
  return `NOPERM ACLs rules changed between the moment the transaction was accumulated and the EXEC call. This command is no longer allowed for the following reason: ${LATE[denied.kind]}`;
}

const LATE = {
  command: 'no permission to execute the command or subcommand',
  key: 'no permission to touch the specified keys',
  channel: 'no permission to access one of the channels used as arguments to the command',
};

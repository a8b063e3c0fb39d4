import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, bulks, errorReply, integer, map, OK, set } from '../../wire/resp-reply.ts';
import { aclOf, ruleContext } from '../acl/acl.ts';
import { findCommand } from '../acl/command-index.ts';
import { describeCommands } from '../acl/describe-commands.ts';
import { channelWords, describeUser, keyWords, userFlags } from '../acl/describe-user.ts';
import { deleteUsers, setUser } from '../acl/modify-users.ts';
import { denialOf } from '../acl/permission.ts';
import type { Selector, User } from '../acl/user.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, integerArgument, nil } from '../command.ts';
import { helpReply } from '../help-reply.ts';
import { everyCommand } from '../info/command-lines.ts';
import { container } from '../subcommand.ts';
import { isValkey, since } from '../version.ts';
import { log } from './acl-log.ts';
import { wrongWords } from './acl-words.ts';

/** Users by name, as the server's tree has them. */
const users = ({ world }: Call): User[] =>
  [...aclOf(world).users.values()].toSorted((one, other) => (one.name < other.name ? -1 : 1));

const list = (call: Call): ByteString =>
  bulks(users(call).map((user) => describeUser(user, ruleContext(call.world))));

function getUser(call: Call): ByteString {
  const { resp } = call.client;
  const user = aclOf(call.world).users.get(argument(call, 2));
  if (user === undefined) return nil(call);
  const [own, ...others] = user.selectors;
  const flags = since(call, 7) ? userFlags(user) : olderFlags(call, user);
  return map(
    [
      bulk('flags'),
      set(flags.map(bulk), resp),
      bulk('passwords'),
      bulks(user.passwords),
      ...selectorFields(call, own),
      ...(since(call, 7)
        ? [bulk('selectors'), array(others.map((one) => map(selectorFields(call, one), resp)))]
        : []),
    ],
    resp,
  );
}

/** Before 7.0 what a user may do was told by flags too. */
function olderFlags(call: Call, user: User): string[] {
  const [state = '', ...rest] = userFlags(user);
  const [{ everyKey, everyChannel, everyCommand: all }] = user.selectors;
  return [
    state,
    ...(everyKey ? ['allkeys'] : []),
    ...(everyChannel && since(call, 6.2) ? ['allchannels'] : []),
    ...(all ? ['allcommands'] : []),
    ...rest,
  ];
}

function selectorFields(call: Call, selector: Selector): ByteString[] {
  const [keys, channels] = [keyWords(selector), channelWords(selector)];
  const shown = (words: readonly string[]): ByteString =>
    since(call, 7) ? bulk(words.join(' ')) : bulks(words.map((word) => word.slice(1)));
  return [
    bulk('commands'),
    bulk(describeCommands(selector, ruleContext(call.world))),
    bulk('keys'),
    shown(keys),
    ...(since(call, 6.2) ? [bulk('channels'), shown(channels)] : []),
  ];
}

function categories(call: Call): ByteString {
  if (call.argv.length > 3) fail(wrongWords(call));
  const { world } = call;
  if (call.argv.length === 2) return bulks(world.persona.categories);
  const wanted = argument(call, 2).toLowerCase();
  if (!world.persona.categories.includes(wanted)) fail(`ERR Unknown category '${argument(call, 2)}'`);
  const found = everyCommand(world).filter((command) => command.categories.includes(`@${wanted}`));
  return bulks(found.map(({ name }) => name));
}

function generatePassword(call: Call): ByteString {
  if (call.argv.length > 3) fail(wrongWords(call));
  const bits = call.argv.length > 2 ? integerArgument(argument(call, 2)) : 256;
  if (bits <= 0 || bits > 4_096) {
    fail(
      'ERR ACL GENPASS argument must be the number of bits for the output password, a positive number up to 4096',
    );
  }
  const digits = Math.ceil(bits / 4);
  return bulk(call.world.random.hex(Math.ceil(digits / 2)).slice(0, digits));
}

function dryRun(call: Call): ByteString {
  const { world } = call;
  const user = aclOf(world).users.get(argument(call, 2));
  if (user === undefined) fail(`ERR User '${argument(call, 2)}' not found`);
  const argv = call.argv.slice(3);
  const { index } = ruleContext(world);
  const told = findCommand(index, argv[0] ?? '');
  const part =
    told === undefined || argv.length === 1 ? undefined : told.parts.get((argv[1] ?? '').toLowerCase());
  const command = told !== undefined && told.parts.size > 0 && argv.length > 1 ? part : told;
  if (command === undefined) fail(`ERR Command '${argv[0] ?? ''}' not found`);
  if (command.arity > 0 ? command.arity !== argv.length : argv.length < -command.arity) {
    fail(`ERR wrong number of arguments for '${command.name}' command`);
  }
  const denied = denialOf(user, command, argv, ruleContext(world));
  if (denied === undefined) return OK;
  const who = since(call, 7.2) ? `User ${user.name}` : 'This user';
  return bulk(
    denied.kind === 'command'
      ? `${who} has no permissions to run the '${command.name}' command`
      : `${who} has no permissions to access the '${argv[denied.at] ?? ''}' ${denied.kind}`,
  );
}

const noFile = (call: Call): ByteString => {
  const redis = isValkey(call) ? '' : 'Redis ';
  return errorReply(
    `ERR This ${redis}instance is not configured to use an ACL file. You may want to specify users via the ACL SETUSER command and then issue a CONFIG REWRITE (assuming you have a ${redis}configuration file set) in order to store users in the ${redis}configuration.`,
  );
};

const shared = {
  whoami: { words: 1, run: ({ client }: Call) => bulk(client.user.name) },
  list: { words: 1, run: list },
  users: { words: 1, run: (call: Call) => bulks(users(call).map(({ name }) => name)) },
  getuser: { words: 2, run: getUser },
  cat: { words: -1, run: categories },
  log: { words: -1, run: log },
  save: { words: -1, run: noFile },
  load: { words: -1, run: noFile },
  deluser: { words: -2, run: (call: Call) => integer(deleteUsers(call, call.argv.slice(2))) },
  genpass: { words: -1, run: generatePassword },
  setuser: {
    words: -2,
    run: (call: Call) => {
      setUser(call, argument(call, 2), call.argv.slice(3));
      return OK;
    },
  },
  help: { words: 1, run: (call: Call) => helpReply(call, 'ACL') },
};
const before7 = container(shared);
const from7 = container({ ...shared, dryrun: { words: -3, run: dryRun } });

export const acl: Family = {
  acl: (call) => (since(call, 7) ? from7(call) : before7(call)),
};

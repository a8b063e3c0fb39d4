import { createHash } from 'node:crypto';
import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, bulks, errorReply, integer, map, OK } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, integerArgument, nil } from '../command.ts';
import { container } from '../subcommand.ts';

/** The categories of 6.0, in the server's order. */
const CATEGORIES =
  'keyspace read write set sortedset list hash string bitmap hyperloglog geo stream pubsub admin fast slow blocking dangerous connection transaction scripting'.split(
    ' ',
  );
const NO_FILE =
  'ERR This Redis instance is not configured to use an ACL file. You may want to specify users via the ACL SETUSER command and then issue a CONFIG REWRITE (assuming you have a Redis configuration file set) in order to store users in the Redis configuration.';

const passwordHash = ({ world }: Call): string | undefined => {
  const password = world.config.get('requirepass') ?? '';
  return password === '' ? undefined : createHash('sha256').update(password, 'latin1').digest('hex');
};

function getUser(call: Call): ByteString {
  if (argument(call, 2) !== 'default') return nil(call);
  const hash = passwordHash(call);
  const flags = ['on', 'allkeys', 'allcommands', ...(hash === undefined ? ['nopass'] : [])];
  const { resp } = call.client;
  return map(
    [
      bulk('flags'),
      (resp === 3 ? '~' : '*') + bulks(flags).slice(1),
      bulk('passwords'),
      bulks(hash === undefined ? [] : [hash]),
      bulk('commands'),
      bulk('+@all'),
      bulk('keys'),
      bulks(['*']),
    ],
    resp,
  );
}

function list(call: Call): ByteString {
  const hash = passwordHash(call);
  return bulks([`user default on ${hash === undefined ? 'nopass' : `#${hash}`} ~* +@all`]);
}

function categories(call: Call): ByteString {
  if (call.argv.length === 2) return bulks(CATEGORIES);
  const wanted = argument(call, 2).toLowerCase();
  if (call.argv.length > 3)
    fail("ERR Unknown subcommand or wrong number of arguments for 'CAT'. Try ACL HELP.");
  if (!CATEGORIES.includes(wanted)) fail(`ERR Unknown category '${argument(call, 2)}'`);
  const names = [...call.world.commands.values()].filter(({ categories: own }) => own.includes(`@${wanted}`));
  return bulks(names.map(({ name }) => name));
}

function log(call: Call): ByteString {
  if (argument(call, 2).toLowerCase() === 'reset') return OK;
  if (call.argv.length > 2) integerArgument(argument(call, 2));
  return array([]);
}

function deleteUsers(call: Call): ByteString {
  if (call.argv.slice(2).includes('default')) fail("ERR The 'default' user cannot be removed");
  return integer(0);
}

function generatePassword(call: Call): ByteString {
  if (call.argv.length > 3) {
    fail("ERR Unknown subcommand or wrong number of arguments for 'GENPASS'. Try ACL HELP.");
  }
  const bits = call.argv.length > 2 ? integerArgument(argument(call, 2)) : 256;
  if (bits <= 0 || bits > 4_096) {
    fail(
      'ERR ACL GENPASS argument must be the number of bits for the output password, a positive number up to 4096',
    );
  }
  const digits = Math.ceil(bits / 4);
  return bulk(call.world.random.hex(Math.ceil(digits / 2)).slice(0, digits));
}

export const acl: Family = {
  acl: container({
    whoami: { words: 1, run: () => bulk('default') },
    list: { words: 1, run: list },
    users: { words: 1, run: () => bulks(['default']) },
    getuser: { words: 2, run: getUser },
    cat: { words: -1, run: categories },
    log: { words: -1, run: log },
    save: { words: 1, run: () => errorReply(NO_FILE) },
    load: { words: 1, run: () => errorReply(NO_FILE) },
    deluser: { words: -2, run: deleteUsers },
    genpass: { words: -1, run: generatePassword },
    // Who it was for and what it may do is recorded; a user of their own gives a visitor nothing here.
    setuser: { words: -2, run: () => OK },
  }),
};

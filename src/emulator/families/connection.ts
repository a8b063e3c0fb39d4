import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { array, bulk, bulks, integer, map, OK, push, simpleString, verbatim } from '../../wire/resp-reply.ts';
import { clientLine } from '../client-list.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, integerArgument, nil, SYNTAX } from '../command.ts';
import { boundedArray } from '../reply-bound.ts';
import { container } from '../subcommand.ts';
import type { ClientState } from '../world.ts';

function auth(call: Call): ByteString {
  if (call.argv.length > 3) fail(SYNTAX);
  const wanted = call.world.config.get('requirepass') ?? '';
  const [user, password] =
    call.argv.length === 3 ? [argument(call, 1), argument(call, 2)] : ['default', argument(call, 1)];
  if (call.argv.length === 2 && wanted === '') {
    fail(
      'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
    );
  }
  if (user !== 'default' || (wanted !== '' && password !== wanted)) {
    fail('WRONGPASS invalid username-password pair');
  }
  call.client.authenticated = true;
  return OK;
}

function hello(call: Call): ByteString {
  const version = argument(call, 1);
  if (version !== '2' && version !== '3') fail('NOPROTO unsupported protocol version');
  for (let at = 2; at < call.argv.length; at++) {
    const word = argument(call, at).toLowerCase();
    if (word === 'auth' && at + 2 < call.argv.length) {
      auth({ ...call, argv: ['auth', argument(call, at + 1), argument(call, at + 2)] });
      at += 2;
    } else if (word === 'setname' && at + 1 < call.argv.length) {
      setName(call, argument(call, ++at));
    } else fail(`ERR Syntax error in HELLO option '${argument(call, at)}'`);
  }
  if (!call.client.authenticated) {
    fail(
      'NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time',
    );
  }
  call.client.resp = version === '3' ? 3 : 2;
  const { world } = call;
  const pairs: [string, ByteString][] = [
    ['server', bulk(world.persona.engine)],
    ['version', bulk(world.persona.version)],
    ['proto', integer(Number(version))],
    ['id', integer(call.client.id)],
    ['mode', bulk('standalone')],
    ['role', bulk(world.master === undefined ? 'master' : 'replica')],
    ['modules', '*0\r\n'],
  ];
  return map(
    pairs.flatMap(([name, value]) => [bulk(name), value]),
    call.client.resp,
  );
}

function setName(call: Call, name: ByteString): void {
  if (/[^!-~]/.test(name)) {
    fail('ERR Client names cannot contain spaces, newlines or special characters.');
  }
  call.client.name = ownedBytes(name.slice(0, 1_024));
}

const addressOf = ({ origin: { address, port } }: ClientState): string =>
  address.includes(':') ? `[${address}]:${port}` : `${address}:${port}`;

function kill(call: Call): ByteString {
  const clients = [...call.world.clients.values()];
  if (call.argv.length === 3) {
    const found = clients.find((one) => addressOf(one) === argument(call, 2));
    if (found === undefined) fail('ERR No such client');
    hangUp(call, found);
    return OK;
  }
  let skipMe = true;
  const tests: ((one: ClientState) => boolean)[] = [];
  for (let at = 2; at < call.argv.length; at += 2) {
    const [word, value] = [argument(call, at).toLowerCase(), argument(call, at + 1)];
    if (at + 1 >= call.argv.length) fail(SYNTAX);
    if (word === 'id') {
      const id = integerArgument(value);
      tests.push((one) => one.id === id);
    } else if (word === 'addr') tests.push((one) => addressOf(one) === value);
    else if (word === 'user') {
      if (value !== 'default') fail(`ERR No such user '${value}'`);
    } else if (word === 'type') {
      const type = clientType(value);
      tests.push((one) => typeOf(one) === type);
    } else if (word === 'skipme' && /^(yes|no)$/i.test(value)) skipMe = value.toLowerCase() === 'yes';
    else fail(SYNTAX);
  }
  const found = clients.filter((one) => !(skipMe && one === call.client) && tests.every((test) => test(one)));
  for (const one of found) hangUp(call, one);
  return integer(found.length);
}

function hangUp(call: Call, one: ClientState): void {
  if (one === call.client) one.closing = true;
  else one.link.close();
}

const typeOf = (one: ClientState): string =>
  one.channels.size + one.patterns.size > 0 ? 'pubsub' : 'normal';

function clientType(word: ByteString): string {
  const type = word.toLowerCase();
  if (!['normal', 'master', 'replica', 'slave', 'pubsub'].includes(type))
    fail(`ERR Unknown client type '${word}'`);
  return type;
}

function replies(call: Call): ByteString {
  const word = argument(call, 2).toLowerCase();
  if (word !== 'on' && word !== 'off' && word !== 'skip') fail(SYNTAX);
  if (word !== 'skip' || call.client.replies === 'on') call.client.replies = word;
  return word === 'on' ? OK : '';
}

function list(call: Call): ByteString {
  let type: string | undefined;
  if (call.argv.length === 4 && argument(call, 2).toLowerCase() === 'type') {
    type = clientType(argument(call, 3));
  } else if (call.argv.length > 2) fail(SYNTAX);
  const lines = [...call.world.clients.values()]
    .filter((client) => type === undefined || typeOf(client) === type)
    .map((client) => `${clientLine(client, call)}\n`);
  return verbatim(lines.join(''), call.client.resp);
}

function commandInfo(call: Call, name: ByteString): ByteString {
  const found = call.world.commands.get(name.toLowerCase());
  if (found === undefined) return nil(call);
  const flags = (names: readonly string[]): ByteString => array(names.map(simpleString));
  return array([
    bulk(found.name),
    integer(found.arity),
    flags(found.flags),
    ...found.keys.map(integer),
    flags(found.categories),
  ]);
}

function keysOfCommand(call: Call): ByteString {
  const argv = call.argv.slice(2);
  const found = call.world.commands.get((argv[0] ?? '').toLowerCase());
  if (found === undefined) fail('ERR Invalid command specified');
  const [first, last, step] = found.keys;
  if (first === 0) fail('ERR The command has no key arguments');
  if (found.arity > 0 ? found.arity !== argv.length : argv.length < -found.arity) {
    fail('ERR Invalid number of arguments specified for command');
  }
  const end = last < 0 ? argv.length + last : last;
  return bulks(argv.filter((_, at) => at >= first && at <= end && (at - first) % step === 0));
}

const command = container(
  {
    count: { words: 1, run: ({ world }) => integer(world.commands.size) },
    info: { words: -1, run: (call) => boundedArray(call.argv.slice(2), (name) => commandInfo(call, name)) },
    getkeys: { words: -2, run: keysOfCommand },
  },
  '.',
);

const subscribedPing = (call: Call): boolean =>
  call.client.resp === 2 && call.client.channels.size + call.client.patterns.size > 0;

export const connection: Family = {
  auth,
  hello,
  ping: (call) => {
    if (call.argv.length > 2) fail(`ERR wrong number of arguments for 'ping' command`);
    if (subscribedPing(call)) return push([bulk('pong'), bulk(call.argv[1] ?? '')], 2);
    return call.argv.length === 1 ? '+PONG\r\n' : bulk(argument(call, 1));
  },
  echo: (call) => bulk(argument(call, 1)),
  select: (call) => {
    const index = integerArgument(argument(call, 1), 'ERR invalid DB index');
    if (call.world.databases[index] === undefined) fail('ERR DB index is out of range');
    call.client.db = index;
    return OK;
  },
  client: container(
    {
      id: { words: 1, run: ({ client }) => integer(client.id) },
      getname: { words: 1, run: (call) => (call.client.name === '' ? nil(call) : bulk(call.client.name)) },
      setname: {
        words: 2,
        run: (call) => {
          setName(call, argument(call, 2));
          return OK;
        },
      },
      list: { words: -1, run: list },
      kill: { words: -2, run: kill },
      reply: { words: 2, run: replies },
      unblock: {
        words: -2,
        run: (call) => {
          integerArgument(argument(call, 2));
          return integer(0);
        },
      },
      getredir: { words: 1, run: () => integer(-1) },
      pause: {
        words: 2,
        run: (call) => {
          integerArgument(argument(call, 2), 'ERR timeout is not an integer or out of range');
          return OK;
        },
      },
    },
    '',
  ),
  command: (call) =>
    call.argv.length === 1
      ? array([...call.world.commands.keys()].map((name) => commandInfo(call, name)))
      : command(call),
  // What a web browser sends first: Redis takes it for an attack through one and hangs up.
  post: abort,
  'host:': abort,
};

function abort(call: Call): ByteString {
  call.client.closing = true;
  call.client.aborted = true;
  return '';
}

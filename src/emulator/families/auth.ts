import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, integer, map, OK } from '../../wire/resp-reply.ts';
import { aclOf, defaultUser } from '../acl/acl.ts';
import { authenticate } from '../acl/authenticate.ts';
import type { Call } from '../command.ts';
import { argument, exactInteger, fail, SYNTAX } from '../command.ts';
import { since } from '../version.ts';
import { namedClient } from './client-names.ts';

const NO_PASSWORD_SET =
  'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?';

export function auth(call: Call): ByteString {
  if (call.argv.length > 3) fail(SYNTAX);
  const short = call.argv.length === 2;
  if (short && defaultUser(aclOf(call.world)).noPassword) fail(NO_PASSWORD_SET);
  const refused = authenticate(call, short ? 'default' : argument(call, 1), argument(call, short ? 1 : 2));
  if (refused !== undefined) fail(refused);
  return OK;
}

export function hello(call: Call): ByteString {
  const { client, world } = call;
  const version = protocol(call);
  let login: readonly [ByteString, ByteString] | undefined;
  let name: ByteString | undefined;
  for (let at = 2; at < call.argv.length; at++) {
    const [word, left] = [argument(call, at).toLowerCase(), call.argv.length - at - 1];
    if (word === 'auth' && left >= 2) {
      login = [argument(call, at + 1), argument(call, at + 2)];
      at += 2;
      // Before 7.2 each option is done as it comes.
      if (!since(call, 7.2)) logIn(call, login);
    } else if (word === 'setname' && left >= 1) {
      name = namedClient(argument(call, ++at));
      if (!since(call, 7.2)) client.name = name;
    } else fail(`ERR Syntax error in HELLO option '${argument(call, at)}'`);
  }
  if (login !== undefined && since(call, 7.2)) logIn(call, login);
  if (!client.authenticated && !isOpen(call)) {
    const proto = since(call, 7.2) ? '<proto> ' : '';
    fail(
      `NOAUTH HELLO must be called with the client already authenticated, otherwise the HELLO ${proto}AUTH <user> <pass> option can be used to authenticate the client and select the RESP protocol version at the same time`,
    );
  }
  if (name !== undefined) client.name = name;
  client.resp = version;
  return greeting(call, world.persona.hello);
}

function logIn(call: Call, [name, password]: readonly [ByteString, ByteString]): void {
  const refused = authenticate(call, name, password);
  if (refused !== undefined) fail(refused);
}

function isOpen({ world }: Call): boolean {
  const user = defaultUser(aclOf(world));
  return user.noPassword && user.enabled;
}

function protocol(call: Call): 2 | 3 {
  const asked = call.argv[1];
  if (asked === undefined) return call.client.resp;
  if (asked === '2' || asked === '3') return asked === '2' ? 2 : 3;
  if (since(call, 6.2)) exactInteger(asked, 'ERR Protocol version is not an integer or out of range');
  return fail('NOPROTO unsupported protocol version');
}

function greeting(call: Call, names: readonly string[]): ByteString {
  const { client, world } = call;
  const values: Readonly<Record<string, ByteString>> = {
    server: bulk(world.persona.engine),
    version: bulk(world.persona.version),
    proto: integer(client.resp),
    id: integer(client.id),
    mode: bulk('standalone'),
    role: bulk(world.master === undefined ? 'master' : 'replica'),
    modules: world.commands.get('module')?.handler({ ...call, argv: ['module', 'list'] }) ?? array([]),
    availability_zone: bulk(world.config.get('availability-zone') ?? ''),
  };
  return map(
    names.flatMap((name) => [bulk(name), values[name] ?? bulk('')]),
    client.resp,
  );
}

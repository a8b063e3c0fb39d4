import type { ByteString } from '../../model/bytes.ts';
import { array, bulk, bulks, integer, set, simpleString } from '../../wire/resp-reply.ts';
import type { Call, Command, Family, Handler } from '../command.ts';
import { argument, fail, nil, SYNTAX } from '../command.ts';
import { commandDocs } from '../command-docs.ts';
import { keysOf, mayHaveKeys } from '../command-keys.ts';
import { tableOrder } from '../command-order.ts';
import { commandRow } from '../command-rows.ts';
import { globMatches } from '../glob.ts';
import { helpReply } from '../help-reply.ts';
import { boundedArray } from '../reply-bound.ts';
import { container } from '../subcommand.ts';
import { since } from '../version.ts';

/** Every command that runs, in the order of this server. */
function all({ world }: Call): readonly Command[] {
  return tableOrder(world)([...world.commands.values()]);
}

/** A command, or from 7.0 on a subcommand as `config|get`. */
function named({ world }: Call, name: ByteString): Command | undefined {
  const [first = '', second] = name.toLowerCase().split('|', 3);
  const found = world.commands.get(first);
  if (second === undefined || found === undefined) return found;
  return name.split('|', 3).length > 2 ? undefined : found.parts.get(second);
}

const row = (call: Call, command: Command): ByteString =>
  commandRow(command, call.client.resp, tableOrder(call.world));

function table(call: Call): ByteString {
  return array(all(call).map((command) => row(call, command)));
}

function info(call: Call): ByteString {
  const names = call.argv.slice(2);
  if (names.length === 0) return since(call, 7) ? table(call) : array([]);
  return boundedArray(names, (name) => {
    const found = named(call, name);
    return found === undefined ? nil(call) : row(call, found);
  });
}

function docs(call: Call): ByteString {
  const { client, world } = call;
  const names = call.argv.slice(2);
  const asked = names.length === 0 ? all(call) : names.flatMap((name) => named(call, name) ?? []);
  const told = asked.map((command) => commandDocs(command, client.resp, tableOrder(world)).join(''));
  const body = boundedArray(told, (text) => text);
  const count = client.resp === 3 ? `%${told.length}` : `*${told.length * 2}`;
  return `${count}${body.slice(body.indexOf('\r\n'))}`;
}

function list(call: Call): ByteString {
  const order = tableOrder(call.world);
  const everything = all(call).flatMap((command) => [command, ...order([...command.parts.values()])]);
  const names = everything.filter(listFilter(call)).map(({ name }) => name);
  return bulks(names);
}

function listFilter(call: Call): (command: Command) => boolean {
  if (call.argv.length === 2) return () => true;
  if (call.argv.length !== 5 || argument(call, 2).toLowerCase() !== 'filterby') fail(SYNTAX);
  const wanted = argument(call, 4);
  switch (argument(call, 3).toLowerCase()) {
    case 'module':
      return ({ module }) => module === wanted;
    case 'aclcat':
      return ({ categories }) => categories.includes(`@${wanted.toLowerCase()}`);
    case 'pattern':
      return ({ name }) => globMatches(wanted.toLowerCase(), name.toLowerCase());
    default:
      return fail(SYNTAX);
  }
}

/** GETKEYS and GETKEYSANDFLAGS: the arguments of a whole command that are keys. */
const keys =
  (withFlags: boolean): Handler =>
  (call) => {
    const argv = call.argv.slice(2);
    const found = commandToRun(call, argv);
    if (found === undefined) fail('ERR Invalid command specified');
    if (!mayHaveKeys(found)) fail('ERR The command has no key arguments');
    if (found.arity > 0 ? found.arity !== argv.length : argv.length < -found.arity) {
      fail('ERR Invalid number of arguments specified for command');
    }
    const places = keysOf(found, argv, call.world.level);
    if (places.length === 0 && !found.flags.includes('no_mandatory_keys')) {
      fail('ERR Invalid arguments specified for command');
    }
    return boundedArray(places, ({ at, flags }) => {
      const key = bulk(argv[at] ?? '');
      return withFlags ? array([key, set(flags.map(simpleString), call.client.resp)]) : key;
    });
  };

/** The command that these arguments would run: from 7.0 on a subcommand, where one is named. */
function commandToRun({ world }: Call, argv: readonly ByteString[]): Command | undefined {
  const found = world.commands.get((argv[0] ?? '').toLowerCase());
  if (found === undefined || found.parts.size === 0 || argv.length === 1) return found;
  return found.parts.get((argv[1] ?? '').toLowerCase());
}

const help: Handler = (call) => helpReply(call, 'COMMAND');

const count: Handler = ({ world }) => integer(world.commands.size);

const before7 = container({
  count: { words: 1, run: count },
  info: { words: -1, run: info },
  getkeys: { words: -2, run: keys(false) },
  help: { words: 1, run: help },
});
const from7 = container({
  count: { words: 1, run: count },
  list: { words: -1, run: list },
  info: { words: -1, run: info },
  docs: { words: -1, run: docs },
  getkeys: { words: -2, run: keys(false) },
  getkeysandflags: { words: -2, run: keys(true) },
  help: { words: 1, run: help },
});

export const command: Family = {
  command: (call) => {
    if (call.argv.length === 1) return table(call);
    return since(call, 7) ? from7(call) : before7(call);
  },
};

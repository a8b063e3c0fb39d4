import type { ByteString } from '../model/bytes.ts';
import type { RespVersion } from '../wire/resp-reply.ts';
import { array, bulk, integer, map, set, simpleString } from '../wire/resp-reply.ts';
import { keyNote } from './command-summaries.ts';
import type { KeySpec, PersonaCommand } from './persona-command.ts';

/** What COMMAND INFO says of one command: seven fields before 7.0, ten since. `ordered` puts subcommands in order. */
export function commandRow(
  command: PersonaCommand,
  resp: RespVersion,
  ordered: (commands: readonly PersonaCommand[]) => readonly PersonaCommand[],
): ByteString {
  const { name, arity, flags, keys, categories, tips, keySpecs, subcommands = [] } = command;
  const words = (texts: readonly string[]): ByteString => set(texts.map(simpleString), resp);
  const row = [bulk(name), integer(arity), words(flags), ...keys.map(integer), words(categories)];
  if (tips === undefined) return array(row);
  const specs = (keySpecs ?? []).map((spec, at) => keySpecReply(spec, keyNote(name, at), resp));
  const parts = ordered(subcommands).map((one) => commandRow(one, resp, ordered));
  // Tips are bulk strings in a set; subcommands an array unless there are none.
  const inner = parts.length === 0 ? set([], resp) : array(parts);
  return array([...row, set(tips.map(bulk), resp), set(specs, resp), inner]);
}

function keySpecReply({ noted, flags, search, found }: KeySpec, note: string, resp: RespVersion): ByteString {
  const pairs = [
    ...(noted ? [bulk('notes'), bulk(note)] : []),
    bulk('flags'),
    set(flags.map(simpleString), resp),
    bulk('begin_search'),
    methodReply(...searchMethod(search), resp),
    bulk('find_keys'),
    methodReply(...findMethod(found), resp),
  ];
  return map(pairs, resp);
}

type Method = [type: string, spec: readonly (readonly [string, string | number])[]];

function searchMethod(search: KeySpec['search']): Method {
  if (search === 'unknown') return ['unknown', []];
  if ('index' in search) return ['index', [['index', search.index]]];
  return [
    'keyword',
    [
      ['keyword', search.keyword],
      ['startfrom', search.from],
    ],
  ];
}

function findMethod(found: KeySpec['found']): Method {
  if (found === 'unknown') return ['unknown', []];
  const entries =
    'countAt' in found
      ? { keynumidx: found.countAt, firstkey: found.first, keystep: found.step }
      : { lastkey: found.last, keystep: found.step, limit: found.limit };
  return ['countAt' in found ? 'keynum' : 'range', Object.entries(entries)];
}

function methodReply(type: string, spec: Method[1], resp: RespVersion): ByteString {
  const pairs = spec.flatMap(([name, value]) => [
    bulk(name),
    typeof value === 'number' ? integer(value) : bulk(value),
  ]);
  return map([...bulksOf('type', type), bulk('spec'), map(pairs, resp)], resp);
}

const bulksOf = (...texts: readonly string[]): ByteString[] => texts.map(bulk);

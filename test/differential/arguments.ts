import fc from 'fast-check';
import type { DocArgument } from '../../src/emulator/persona-command.ts';

/** Keys by the kind of value that they mostly hold, so that most commands find their own kind. */
const KEYS: Readonly<Record<string, readonly string[]>> = {
  string: ['s1', 's2', 'n1'],
  bitmap: ['s1', 's2', 'n1'],
  list: ['l1', 'l2'],
  hash: ['h1', 'h2'],
  set: ['t1', 't2', 't3'],
  'sorted-set': ['z1', 'z2'],
  stream: ['x1', 'x2'],
  hyperloglog: ['p1', 'p2'],
  geo: ['g1', 'g2'],
};
const ANY_KEY = Object.values(KEYS).flat();
const TEXTS = [
  'a',
  'b',
  'c',
  'field',
  'm1',
  'm2',
  '10',
  '-3',
  '3.5',
  '',
  'x'.repeat(70),
  '\xff\x00\r\n',
  'Hello, World',
];
const INTEGERS = ['0', '1', '2', '3', '-1', '-2', '10', '100', '5000', '-100'];
const ODD_INTEGERS = [
  '9223372036854775807',
  '-9223372036854775808',
  '9223372036854775808',
  '1.5',
  'x',
  '+1',
  '01',
  '',
];
const DOUBLES = ['0', '1', '-1', '1.5', '2.25', '3e2', '0.1', '-0', 'inf', '-inf', '1e-7', '12345678.9'];
const ODD_DOUBLES = ['nan', 'x', '', '1e400', '0x10'];
const IDS = ['1-1', '1-2', '2-1', '3', '5-0', '0-1', '10-10', '0', '-', '+', '$', '>', '(1-1', 'x'];

const among = (texts: readonly string[]): fc.Arbitrary<string> => fc.constantFrom(...texts);
const mostly = (usual: readonly string[], odd: readonly string[]): fc.Arbitrary<string> =>
  fc.oneof({ weight: 14, arbitrary: among(usual) }, { weight: 1, arbitrary: among(odd) });

/** Words for one argument of a command of this group. */
export function wordsFor(argument: DocArgument, group: string): fc.Arbitrary<string[]> {
  const once = fc.tuple(tokenOf(argument), valueOf(argument, group)).map((words) => words.flat());
  const flags = argument.flags ?? [];
  const repeated = flags.includes('multiple')
    ? fc
        .array(flags.includes('multiple_token') ? once : valueOf(argument, group), {
          minLength: 1,
          maxLength: 3,
        })
        .chain((many) =>
          tokenOf(argument).map((token) =>
            flags.includes('multiple_token') ? many.flat() : [...token, ...many.flat()],
          ),
        )
    : once;
  if (!flags.includes('optional')) return repeated;
  return fc.oneof({ weight: 3, arbitrary: fc.constant<string[]>([]) }, { weight: 2, arbitrary: repeated });
}

function tokenOf({ token, type }: DocArgument): fc.Arbitrary<string[]> {
  if (token === undefined || type === 'pure-token') return fc.constant<string[]>([]);
  return fc.constantFrom([token], [token.toLowerCase()]);
}

function valueOf(argument: DocArgument, group: string): fc.Arbitrary<string[]> {
  const { type, name, token } = argument;
  const parts = argument.arguments ?? [];
  switch (type) {
    case 'key':
      return fc
        .oneof(
          { weight: 9, arbitrary: among(KEYS[group] ?? ANY_KEY) },
          { weight: 1, arbitrary: among(ANY_KEY) },
        )
        .map((key) => [key]);
    case 'pure-token':
      return fc.constantFrom([token ?? ''], [(token ?? '').toLowerCase()]);
    case 'oneof':
      return fc.oneof(
        ...parts.map((part) =>
          wordsFor({ ...part, flags: (part.flags ?? []).filter((flag) => flag !== 'optional') }, group),
        ),
      );
    case 'block':
      return fc.tuple(...parts.map((part) => wordsFor(part, group))).map((words) => words.flat());
    default:
      return scalar(type, name, group).map((word) => [word]);
  }
}

function scalar(type: string, name: string, group: string): fc.Arbitrary<string> {
  // Time that passes while the two servers are asked must not show.
  if (name === 'timeout') return among(['0.01', '0.02']);
  if (group === 'stream' && name === 'milliseconds') return among(['1', '5']);
  if (/^(milli)?seconds$/.test(name))
    return mostly(['1000000', '50000000'], ['0', '-1', 'x', '9223372036854775807']);
  if (group === 'stream' && /id|start|end|minid/i.test(name)) return among(IDS);
  if (name === 'numkeys') return mostly(['1', '2'], ['0', '-1', 'x']);
  if (name === 'offset' && group === 'bitmap')
    return mostly(['0', '1', '7', '8', '100', '#1'], ['-1', 'x', '4294967296']);
  if (name === 'encoding') return mostly(['u8', 'i8', 'u4', 'i16', 'u63', 'i64'], ['u64', 'i65', 'x', 'u0']);
  if (name === 'longitude') return mostly(['13.361389', '15.087269', '2.35', '-0.12', '0'], ['181', 'x']);
  if (name === 'latitude') return mostly(['38.115556', '37.502669', '48.85', '51.5', '0'], ['86', 'x']);
  if (name === 'min' || name === 'max')
    return mostly([...DOUBLES, '(1', '[a', '(b', '-', '+', '[m1'], ODD_DOUBLES);
  switch (type) {
    case 'integer':
      return mostly(INTEGERS, ODD_INTEGERS);
    case 'double':
      return mostly(DOUBLES, ODD_DOUBLES);
    case 'unix-time':
      return mostly(['4102444800', '4102444800000'], ['-1', '0', '1', 'x']);
    case 'pattern':
      return mostly(['*', 'a*', '?1', '[a-z]*', 'm?'], ['[', '\\', '']);
    default:
      return among(TEXTS);
  }
}

import fc from 'fast-check';
import type { Persona } from '../../src/emulator/persona.ts';
import type { PersonaCommand } from '../../src/emulator/persona-command.ts';
import type { Random } from '../../src/platform/random.ts';
import { wordsFor } from '../differential/arguments.ts';

/** Requests of each command in the pool; those that run Lua or stop whole groups cost too much to be as frequent. */
const EACH = 60;
const RARE_EACH = 3;
const RARE = /^(eval|evalsha|fcall|function|script|client\|pause|debug|shutdown|migrate|failover|module)/;

const SCRIPTS = [
  'return 1',
  "return redis.call('INCR', 's1')",
  "return redis.pcall('LPUSH', 's1', 'x')",
  'local t = {} t[1] = t return t',
  'return {1, {2, {3}}, "x", false, {ok = "y"}, {err = "z"}}',
  'return string.rep("x", 100000)',
  '#!lua name=mylib\nredis.register_function("f", function() return 1 end)',
  'return cjson.encode(redis.call("KEYS", "*"))',
  'this is no Lua',
];
/** Words that servers and sensors stumble over. */
const ODD_WORDS = [
  '',
  '0',
  '-1',
  '1',
  '9223372036854775807',
  '-9223372036854775808',
  '18446744073709551616',
  '4294967296',
  '536870912',
  '1e308',
  '-inf',
  'nan',
  '0x7fffffff',
  '\0',
  '\r\n',
  '*',
  '[',
  '\\',
  '%s%n',
  '__proto__',
  'constructor',
  'hasOwnProperty',
  'toString',
  '\xff\xfe',
  '$',
  '>',
  '-',
  '+',
  '(1',
  '[a',
  'COUNT',
  'LIMIT',
  'STORE',
  'MATCH',
  'NX',
  'GET',
  'WITHSCORES',
  'x'.repeat(5_000),
  'ab'.repeat(40_000),
];
const KEYS = [
  's1',
  's2',
  'n1',
  'l1',
  'l2',
  'h1',
  'h2',
  't1',
  't2',
  'z1',
  'z2',
  'x1',
  'x2',
  'p1',
  'g1',
  'new',
];

/**
 * Requests over a persona's whole command table: with arguments as COMMAND DOCS describes them (`docs`, for releases
 * that have none themselves), and with none that fit.
 */
export function commandPool(persona: Persona, docs: Persona, random: Random): string[][] {
  const told = new Map(docs.commands.flatMap(rows).map((command) => [command.name, command]));
  return persona.commands.flatMap(rows).flatMap((command) => {
    const each = RARE.test(command.name) ? RARE_EACH : EACH;
    const documented = told.get(command.name)?.arguments ?? command.arguments;
    const group = told.get(command.name)?.group ?? command.group ?? '';
    const words = fc.tuple(...(documented ?? []).map((argument) => wordsFor(argument, group)));
    const samples =
      documented === undefined ? [] : fc.sample(words, { numRuns: each, seed: random.below(2 ** 31) });
    return Array.from({ length: each }, (_, at) => {
      const fitting = samples[at]?.flat() ?? unfit(command, random);
      return [
        ...command.name.split('|'),
        ...(/^(eval|script|function)/.test(command.name) ? scripted(fitting, random) : fitting),
      ];
    });
  });
}

/** The same request with a word changed, gone or repeated. */
export function altered(argv: readonly string[], random: Random): string[] {
  const words = [...argv];
  const at = 1 + random.below(Math.max(1, words.length));
  switch (random.below(6)) {
    case 0:
      words.splice(at, 1);
      break;
    case 1:
      words.splice(at, 0, oddWord(random));
      break;
    case 2:
      words.push(...words.slice(1, 1 + random.below(8)));
      break;
    case 3:
      for (let many = random.below(40); many > 0; many--) words.push(pick(KEYS, random), oddWord(random));
      break;
    default:
      if (at < words.length) words[at] = oddWord(random);
  }
  return words;
}

function rows(command: PersonaCommand): PersonaCommand[] {
  return [command, ...(command.subcommands ?? [])];
}

function unfit({ arity }: PersonaCommand, random: Random): string[] {
  const least = Math.max(0, Math.abs(arity) - 1 + (arity < 0 ? random.below(4) : 0));
  return Array.from({ length: least }, () => (random.below(3) > 0 ? pick(KEYS, random) : oddWord(random)));
}

function scripted(words: readonly string[], random: Random): string[] {
  const body = pick(SCRIPTS, random);
  return words.length < 2 ? [body, '0'] : [body, '1', ...words.slice(2)];
}

/** The long ones are rare. */
function oddWord(random: Random): string {
  return ODD_WORDS[random.below(ODD_WORDS.length - (random.below(200) === 0 ? 0 : 2))] ?? '';
}

function pick(words: readonly string[], random: Random): string {
  return words[random.below(words.length)] ?? '';
}

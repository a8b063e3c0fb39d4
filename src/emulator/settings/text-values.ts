import { isValkey } from '../version.ts';
import type { World } from '../world.ts';
import { memoryValue } from './number-value.ts';
import { refuse } from './setting-fault.ts';

const LONGEST_LIST = 4_096;

const wordsOf = (value: string): string[] => value.slice(0, LONGEST_LIST).split(' ');

/** `save`: pairs of seconds and changes. */
export function saveRules(value: string): string {
  if (value === '') return value;
  const words = wordsOf(value);
  const fine =
    words.length % 2 === 0 &&
    words.every((word, at) => /^\d{1,18}$/.test(word) && (at % 2 === 1 || Number(word) >= 1));
  return fine ? words.map((word) => String(BigInt(word))).join(' ') : refuse('Invalid save parameters');
}

/** The classes of key-space events that `A` stands for, in the server's order. */
const ALL_OLDER = ['g', '$', 'l', 's', 'h', 'z', 'x', 'e', 't'];
const ALL_CLASSES = [...ALL_OLDER, 'd'];

/** `notify-keyspace-events`: the classes in the server's order. */
export function eventClasses({ level }: World, value: string): string {
  const known = level < 7 ? /^[AKEg$lshzxetm]{0,64}$/ : /^[AKEg$lshzxetmdn]{0,64}$/;
  if (!known.test(value.slice(0, 65))) {
    return refuse("Invalid event class character. Use 'Ag$lshzxeKEtmdn'.");
  }
  const asked = (one: string): boolean => value.includes(one);
  const every = level < 7 ? ALL_OLDER : ALL_CLASSES;
  if (asked('A') || every.every(asked)) return ['A', ...['K', 'E', 'm'].filter(asked)].join('');
  return [...every, 'n', 'K', 'E', 'm'].filter(asked).join('');
}

/** `client-output-buffer-limit`: three figures a class; classes that are not named keep theirs. */
export function outputLimits({ level }: World, value: string, before: string): string {
  const words = wordsOf(value.toLowerCase()).filter((word) => word !== '');
  if (words.length % 4 !== 0) return refuse('Wrong number of arguments in buffer limit configuration.');
  const limits = new Map(inFours(before.split(' ')));
  for (const [name, figures] of inFours(words)) {
    const known = name === 'replica' ? 'slave' : name;
    if (!limits.has(known)) return refuse('Invalid client class specified in buffer limit configuration.');
    const [hard = '', soft = '', seconds = ''] = figures;
    const bytes = [hard, soft].map((text) => (text === '' ? undefined : memoryValue(level, text)));
    if (bytes.includes(undefined) || !/^\d{1,18}$/.test(seconds)) {
      return refuse('Error in hard, soft or soft_seconds setting in buffer limit configuration.');
    }
    limits.set(known, [...bytes.map(String), seconds]);
  }
  return [...limits].map(([name, figures]) => `${name} ${figures.join(' ')}`).join(' ');
}

function inFours(words: readonly string[]): [name: string, figures: string[]][] {
  return words.flatMap((word, at) => (at % 4 === 0 ? [[word, words.slice(at + 1, at + 4)]] : []));
}

/** `oom-score-adj-values`: three whole numbers. */
export function oomScores(value: string): string {
  const words = wordsOf(value);
  if (words.length !== 3) return refuse('wrong number of arguments');
  const fine = words.every((word) => /^-?\d{1,4}$/.test(word) && Math.abs(Number(word)) <= 2_000);
  if (!fine) return refuse('Invalid oom-score-adj-values, elements must be between -2000 and 2000.');
  return words.map((word) => String(Number(word))).join(' ');
}

/** `latency-tracking-info-percentiles`. */
export function percentiles(value: string): string {
  if (value === '') return value;
  const words = wordsOf(value);
  if (!words.every((word) => /^-?\d{1,20}(\.\d{1,20})?$/.test(word))) {
    return refuse('Invalid latency-tracking-info-percentiles parameters');
  }
  if (!words.every((word) => Number(word) >= 0 && Number(word) <= 100)) {
    return refuse('latency-tracking-info-percentiles parameters should sit between [0.0,100.0]');
  }
  return words.map((word) => String(Number(word))).join(' ');
}

const TITLE_PARTS = new Set([
  'title',
  'listen-addr',
  'server-mode',
  'port',
  'tls-port',
  'unixsocket',
  'config-file',
]);

export function titleTemplate(value: string): string {
  const parts = value.slice(0, LONGEST_LIST).match(/\{[^{}]*\}/g) ?? [];
  const fine =
    parts.every((part) => TITLE_PARTS.has(part.slice(1, -1))) &&
    !/[{}]/.test(value.replace(/\{[^{}]*\}/g, ''));
  return value !== '' && fine ? value : refuse('template format is invalid or contains unknown variables');
}

export function hostName(value: string): string {
  if (value.length >= 256) return refuse('Hostnames must be less than 256 characters');
  return /^[a-z\d.-]*$/i.test(value)
    ? value
    : refuse('Hostnames may only contain alphanumeric characters, hyphens or dots');
}

const LOCALES = new Set(['', 'C', 'POSIX', 'C.UTF-8', 'C.utf8']);

export function locale(value: string): string {
  return LOCALES.has(value) ? value : refuse('Invalid locale name');
}

const MOST_BINDINGS = 16;
/** Addresses that every machine has; the real server takes the names of these as well. */
const EVERY_MACHINES = new Map([
  ['*', '0.0.0.0'],
  ['::*', '::'],
  ['::', '::'],
  ['::1', '::1'],
  ['localhost', '127.0.0.1'],
  ['0.0.0.0', '0.0.0.0'],
]);
const LOOPBACK = /^127(\.(\d|[1-9]\d|1\d\d|2[0-4]\d|25[0-5])){3}$/;

/**
 * `bind`, from 7.0 on: addresses of this machine; those with a minus in front may be missing. None twice, and none
 * besides all of its kind.
 */
export function bindings(world: World, value: string): string {
  const words = wordsOf(value).filter((word) => word !== '');
  if (words.length > MOST_BINDINGS) return refuse('Too many bind addresses specified.');
  const own = new Set([...world.clients.values()].map(({ origin }) => origin.localAddress));
  const taken: string[] = [];
  const fine = words.every((word) => {
    const bare = word.startsWith('-') ? word.slice(1) : word;
    const address = EVERY_MACHINES.get(bare) ?? (LOOPBACK.test(bare) || own.has(bare) ? bare : undefined);
    if (address === undefined) return word !== bare;
    if (taken.some((other) => collide(other, address))) return false;
    taken.push(address);
    return true;
  });
  return fine ? value : refuse('Failed to bind to specified addresses.');
}

function collide(one: string, other: string): boolean {
  if (one.includes(':') !== other.includes(':')) return false;
  return one === other || [one, other].some((address) => address === '0.0.0.0' || address === '::');
}

const OPPOSITES = ['save', 'nosave'];

/** Choices of which several may be combined. */
export function combined(value: string, choices: readonly string[]): string {
  const words = wordsOf(value.toLowerCase());
  if (!words.every((word) => choices.includes(word))) {
    return refuse(`argument(s) must be one of the following: ${choices.join(', ')}`);
  }
  if (OPPOSITES.every((word) => words.includes(word))) {
    return refuse("shutdown options SAVE and NOSAVE can't be used simultaneously");
  }
  const [first = ''] = choices;
  const chosen = choices.filter((choice) => choice !== first && words.includes(choice));
  return chosen.length === 0 ? first : chosen.join(' ');
}

export function fileName(world: World, value: string): string {
  if (value === '' && isValkey({ world })) return refuse("dbfilename can't be empty");
  return value.includes('/') ? refuse("dbfilename can't be a path, just a filename") : value;
}

import type { SettingKind } from '../emulator/persona-settings.ts';
import { plain, text, words } from './plain-reply.ts';
import type { RedisLink } from './redis-link.ts';

/** What writes files: refused from 7.0 on unless `enable-protected-configs` allows it. */
const PROTECTED = ['dbfilename', 'dir'];
const protectedOf = (config: ReadonlyMap<string, string>): string[] =>
  config.has('enable-protected-configs') ? PROTECTED : [];

/** What CONFIG SET of a server takes. */
export interface RecordedSettings {
  readonly settings: Record<string, SettingKind>;
  readonly protected: readonly string[];
  readonly aliases: Record<string, string>;
}

/** Not asked: what locks the asker out or moves files, and what the emulator has rules of its own for. */
const UNASKED: Readonly<Record<string, SettingKind>> = {
  requirepass: 'text',
  dir: 'text',
  dbfilename: 'text',
  save: 'text',
  bind: 'text',
  port: { least: 0, most: 65_535, memory: false },
  'notify-keyspace-events': 'text',
  'client-query-buffer-limit': { least: 0, most: Number.MAX_SAFE_INTEGER, memory: true },
};
const NO_VALUE = '!';
const LEAST = '-9223372036854775808';
const MOST = '9223372036854775807';

/**
 * Asks the server itself: every setting gets values that it should refuse, and its own words say what it wants. What
 * it takes all the same is put back at once, but the server must be one that may be changed.
 */
export async function recordSettings(
  link: RedisLink,
  config: ReadonlyMap<string, string>,
  step: (name: string) => void,
): Promise<RecordedSettings> {
  const settings: Record<string, SettingKind> = {};
  for (const [name, value] of config) {
    step(name);
    settings[name] = UNASKED[name] ?? (await kindOf(link, name));
    if (UNASKED[name] === undefined) await tried(link, name, value);
  }
  return { settings, protected: protectedOf(config), aliases: aliasesOf(config) };
}

async function kindOf(link: RedisLink, name: string): Promise<SettingKind> {
  const said = await tried(link, name, NO_VALUE);
  if (/Unsupported CONFIG parameter|immutable config/.test(said)) return 'fixed';
  if (said.includes("must be 'yes' or 'no'")) return 'flag';
  const choices = /argument(?:\(s\))? must be one of the following: (.*)$/.exec(said);
  if (choices !== null) {
    const listed = { choices: (choices[1] ?? '').split(', ') };
    const twice = `${listed.choices[0]} ${listed.choices[0]}`;
    return (await tried(link, name, twice)) === 'OK' ? { ...listed, several: true } : listed;
  }
  const memory = said.includes('must be a memory');
  if (!memory && !said.includes("couldn't be parsed into an integer")) return 'text';
  const bounds: number[] = [];
  for (const far of [memory ? '0' : LEAST, MOST]) {
    const answer = await tried(link, name, far);
    const found = /between (-?\d+) and (-?\d+) inclusive/.exec(answer);
    if (found !== null) bounds.push(Number(found[1]), Number(found[2]));
    else if (answer === 'OK') bounds.push(Number(far));
  }
  const kind = { least: within(Math.min(...bounds)), most: within(Math.max(...bounds)), memory };
  return said.includes('or percent value') ? { ...kind, percent: true } : kind;
}

/** 64-bit bounds do not fit a number; none of the settings comes near. */
function within(bound: number): number {
  return Math.max(-Number.MAX_SAFE_INTEGER, Math.min(Number.MAX_SAFE_INTEGER, bound));
}

async function tried(link: RedisLink, name: string, value: string): Promise<string> {
  return text(plain(await link.ask('CONFIG', 'SET', name, value)));
}

/** Newer words for the same thing: both names are shown, and a change of one changes the other. */
const RENAMED: readonly (readonly [former: string, later: string])[] = [
  ['slave', 'replica'],
  ['ziplist', 'listpack'],
  ['master', 'primary'],
  ['slowlog-log-slower-than', 'commandlog-execution-slower-than'],
  ['slowlog-max-len', 'commandlog-slow-execution-max-len'],
  ['lua-time-limit', 'busy-reply-threshold'],
  ['_cpulist', '-cpulist'],
  ['aof_rewrite', 'aof-rewrite'],
];

function aliasesOf(config: ReadonlyMap<string, string>): Record<string, string> {
  return Object.fromEntries(
    [...config.keys()].flatMap((name) => {
      const later = RENAMED.reduce((so, [from, to]) => so.replace(from, to), name);
      return later !== name && config.has(later) ? [[name, later]] : [];
    }),
  );
}

/** Kinds without asking: those of a persona that is near, and what the values look like. */
export function likelySettings(
  config: ReadonlyMap<string, string>,
  near: RecordedSettings['settings'],
): RecordedSettings {
  const guess = (name: string, value: string): SettingKind =>
    near[name] ?? (/^(yes|no)$/.test(value) ? 'flag' : 'text');
  return {
    settings: Object.fromEntries([...config].map(([name, value]) => [name, guess(name, value)])),
    protected: protectedOf(config),
    aliases: aliasesOf(config),
  };
}

/** CONFIG GET *, in order. */
export async function configOf(link: RedisLink): Promise<Map<string, string>> {
  const flat = words(plain(await link.ask('CONFIG', 'GET', '*')));
  return new Map(flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1] ?? ''] as const] : [])));
}

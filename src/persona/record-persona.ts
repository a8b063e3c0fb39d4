import type { Persona } from '../emulator/persona.ts';
import { PersonaFault } from '../emulator/persona-fault.ts';
import type { ErrorProbe } from './error-probes.ts';
import { errorProbes } from './error-probes.ts';
import { installationOf, installedSettings } from './installation.ts';
import type { Login } from './login.ts';
import { enter } from './login.ts';
import type { Plain } from './plain-reply.ts';
import { fields, items, number, plain, text, words } from './plain-reply.ts';
import { commandsOf } from './record-commands.ts';
import { recordErrors } from './record-errors.ts';
import { infoField, sectionsOf } from './record-info.ts';
import type { RecordedSettings } from './record-settings.ts';
import { configOf, likelySettings, recordSettings } from './record-settings.ts';
import type { RedisLink, ServerAddress } from './redis-link.ts';
import { addressText, openLink } from './redis-link.ts';
import { releaseOf } from './release.ts';

export interface RecordOptions {
  readonly address: ServerAddress;
  readonly login: Login | undefined;
  /** Ask CONFIG SET and the probes that change a server as well; what they change is put back. */
  readonly mayChange: boolean;
  /** A persona of the nearest version: for what is not asked. */
  readonly near: (engine: Persona['engine'], level: number) => Persona | undefined;
  /** Called with what is asked now. */
  readonly progress: (what: string) => void;
}

const PASSWORD = 'sundew-records';

/** Records a persona; fails with a `PersonaFault`. Without `mayChange` it sends nothing that changes the server. */
export async function recordPersona(options: RecordOptions): Promise<Persona> {
  const { address, login, mayChange, progress } = options;
  const link = await openLink(address);
  try {
    progress('what it is');
    await enter(link, address, login);
    const everything = text(plain(await link.ask('INFO', 'everything')));
    const { engine, version, redisVersion, level } = releaseOf(everything, addressText(address));
    const usual = text(plain(await link.ask('INFO')));
    const installation = installationOf(infoField(everything, 'gcc_version'));
    const config = await configOf(link);
    if (config.size === 0) throw refused(address, 'CONFIG GET *');
    progress('its commands');
    const table = plain(await link.ask('COMMAND'));
    if (items(table).length === 0) throw refused(address, 'COMMAND');
    const docs = level < 7 ? null : plain(await link.ask('COMMAND', 'DOCS'));
    const modules = modulesOf(plain(await link.ask('MODULE', 'LIST')), everything);
    const categories = words(plain(await link.ask('ACL', 'CAT')));
    const hello = await helloFields(link);
    const clientList = text(plain(await link.ask('CLIENT', 'LIST'))).split('\n')[0] ?? '';
    const near = options.near(engine, level);
    const kinds = await settingsOf(link, config, options, near);
    const errors = await errorsOf(link, options);
    const installed = installedSettings(engine, level);
    return {
      format: 2,
      name: `${engine}-${version}-${installation.distribution}`,
      engine,
      version,
      redisVersion,
      level,
      rdbVersion: await rdbVersion(link, mayChange, near),
      sections: sectionsOf(everything, usual, engine, installation),
      config: Object.fromEntries(
        inOrder(config, level).map(([name, value]) => [name, installed[name] ?? value]),
      ),
      settings: kinds.settings,
      protected: [...kinds.protected],
      aliases: kinds.aliases,
      commands: commandsOf(
        table,
        docs,
        modules.map((module) => module.name),
      ),
      modules,
      categories,
      hello,
      clientList: clientList.split(' ').map((field) => field.split('=')[0] ?? ''),
      errors: { ...near?.errors, ...allowed(errors) },
    };
  } finally {
    link.close();
  }
}

function refused(address: ServerAddress, command: string): PersonaFault {
  return new PersonaFault(
    `${addressText(address)} does not answer ${command}.`,
    'Record with a user that may run it, from a server on which it is not renamed.',
  );
}

async function helloFields(link: RedisLink): Promise<string[]> {
  const flat = plain(await link.ask('HELLO', '2'));
  return Array.isArray(flat) ? flat.filter((_, at) => at % 2 === 0).map(text) : [];
}

async function settingsOf(
  link: RedisLink,
  config: ReadonlyMap<string, string>,
  { mayChange, progress }: RecordOptions,
  near: Persona | undefined,
): Promise<RecordedSettings> {
  if (mayChange) {
    const asked = new Map(inOrder(config, 7));
    return recordSettings(link, asked, (name) => progress(`setting ${name}`));
  }
  return likelySettings(config, near?.settings ?? {});
}

async function errorsOf(link: RedisLink, options: RecordOptions): Promise<Record<string, string>> {
  const { address, login, mayChange, progress } = options;
  const step = (id: string): void => progress(`errors, ${id}`);
  const open = async (): Promise<RedisLink> => {
    const one = await openLink(address);
    await enter(one, address, login);
    return one;
  };
  const openLocked = (): Promise<RedisLink> => openLink(address);
  const asked = (probe: ErrorProbe): boolean =>
    probe.locked !== true && (mayChange || probe.changes !== true);
  let errors: Record<string, string>;
  try {
    errors = await recordErrors(errorProbes.filter(asked), open, step);
  } finally {
    if (mayChange) {
      await link.ask('SLAVEOF', 'NO', 'ONE');
      await link.ask('DEL', 'sundew:k');
    }
  }
  const locked = errorProbes.filter((probe) => probe.locked === true);
  if (login !== undefined) return { ...errors, ...(await recordErrors(locked, openLocked, step)) };
  if (!mayChange) return errors;
  await link.ask('CONFIG', 'SET', 'requirepass', PASSWORD);
  try {
    return { ...errors, ...(await recordErrors(locked, openLocked, step)) };
  } finally {
    await link.ask('CONFIG', 'SET', 'requirepass', '');
  }
}

/** Without the refusals that the persona's own settings lift. */
function allowed(errors: Readonly<Record<string, string>>): Record<string, string> {
  const lifted = /command not allowed\. If the enable-|can't set protected config/;
  return Object.fromEntries(Object.entries(errors).filter(([, said]) => !lifted.test(said)));
}

/** 6.x answers CONFIG GET in the order of its table, 7.0 and later in one that changes with every start. */
function inOrder(config: ReadonlyMap<string, string>, level: number): (readonly [string, string])[] {
  const entries = [...config];
  return level < 7 ? entries : entries.toSorted(([one], [other]) => (one < other ? -1 : 1));
}

/** Those that come without a file. */
function modulesOf(list: Plain, info: string): Persona['modules'] {
  const lines = info.split('\r\n').filter((line) => line.startsWith('module:name='));
  return items(list).flatMap((entry) => {
    const told = fields(entry);
    const name = text(told.get('name'));
    const line = lines.find((one) => one.startsWith(`module:name=${name},`));
    return told.get('path') !== '' || line === undefined
      ? []
      : [{ name, version: number(told.get('ver')), line }];
  });
}

const KEY = 'sundew:rdb';

/** Of the two bytes before the checksum of a DUMP. */
async function rdbVersion(link: RedisLink, mayChange: boolean, near: Persona | undefined): Promise<number> {
  if (mayChange) await link.ask('SET', KEY, '1');
  const key = mayChange ? KEY : text(plain(await link.ask('RANDOMKEY')));
  const dump = key === '' ? '' : text(plain(await link.ask('DUMP', key)));
  if (mayChange) await link.ask('DEL', KEY);
  if (dump.length > 10) return dump.charCodeAt(dump.length - 10) + 256 * dump.charCodeAt(dump.length - 9);
  if (near !== undefined) return near.rdbVersion;
  throw new PersonaFault(
    'The RDB version cannot be read from a server without keys.',
    'Set a key there, or allow it: --probe-settings',
  );
}

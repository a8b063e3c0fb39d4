import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import { bulk, errorReply, map, OK } from '../../wire/resp-reply.ts';
import type { Call, Family } from '../command.ts';
import { argument, fail, SYNTAX } from '../command.ts';
import { tableOrder } from '../command-order.ts';
import { acceptedSetting } from '../config-values.ts';
import { globMatches } from '../glob.ts';
import { helpReply } from '../help-reply.ts';
import { applySetting } from '../settings/apply-setting.ts';
import { SettingFault } from '../settings/setting-fault.ts';
import { resetStatistics } from '../statistics.ts';
import { container } from '../subcommand.ts';
import { since } from '../version.ts';
import type { World } from '../world.ts';

const LONGEST_VALUE = 65_536;

interface Change {
  readonly name: string;
  readonly value: ByteString;
}

/** All or nothing: from 7.0 on CONFIG SET takes several pairs. */
function set(call: Call): ByteString {
  if (call.argv.length % 2 === 1) fail(SYNTAX);
  const asked = pairs(call);
  const before = new Map(call.world.config);
  const changes: Change[] = [];
  for (const { name, value } of asked) {
    try {
      changes.push({ name, value: change(call.world, name, value) });
    } catch (error) {
      if (!(error instanceof SettingFault)) throw error;
      call.world.config.clear();
      for (const [one, was] of before) call.world.config.set(one, was);
      return errorReply(refusalOf(call, name, value, error.message));
    }
  }
  for (const { name } of changes) applySetting(call.world, name);
  return OK;
}

/** Settings that can only be given at the start, up to 6.0. */
const AT_START = new Set(['bind', 'port']);

/** The pairs, once all of them may be set at all. */
function pairs(call: Call): Change[] {
  const { world, argv } = call;
  const asked: Change[] = [];
  for (let at = 2; at < argv.length; at += 2) {
    const name = argument(call, at).toLowerCase();
    const kind = since(call, 6.2) || !AT_START.has(name) ? world.persona.settings[name] : 'fixed';
    if (kind === undefined || !world.config.has(name)) fail(unknownSetting(call, argument(call, at)));
    const refusal =
      kind === 'fixed'
        ? "can't set immutable config"
        : isProtected(call, name)
          ? "can't set protected config"
          : asked.some((other) => other.name === name)
            ? 'duplicate parameter'
            : undefined;
    if (refusal !== undefined)
      fail(since(call, 7) ? failed(name, refusal) : unknownSetting(call, argument(call, at)));
    asked.push({ name, value: argument(call, at + 1).slice(0, LONGEST_VALUE) });
  }
  return asked;
}

function unknownSetting(call: Call, name: ByteString): string {
  return since(call, 7)
    ? `ERR Unknown option or number of arguments for CONFIG SET - '${name}'`
    : `ERR Unsupported CONFIG parameter: ${name}`;
}

function isProtected({ world, client }: Call, name: string): boolean {
  if (!world.persona.protected.includes(name)) return false;
  const allowed = world.config.get('enable-protected-configs') ?? 'no';
  const local = client.origin.address === '::1' || client.origin.address.startsWith('127.');
  return allowed === 'no' || (allowed === 'local' && !local);
}

const failed = (name: string, why: string): string =>
  `ERR CONFIG SET failed (possibly related to argument '${name}') - ${why}`;

/** Settings whose refusal the older servers do not explain. */
const UNEXPLAINED = new Set([
  'Invalid save parameters',
  "Invalid event class character. Use 'Ag$lshzxeKEtmdn'.",
  'Wrong number of arguments in buffer limit configuration.',
  'Invalid client class specified in buffer limit configuration.',
  'Error in hard, soft or soft_seconds setting in buffer limit configuration.',
  'wrong number of arguments',
]);

function refusalOf(call: Call, name: string, value: ByteString, why: string): ByteString {
  if (since(call, 7)) return failed(name, why);
  if (name === 'dir') return `ERR Changing directory: ${why}`;
  const said = argument(call, 2);
  return `ERR Invalid argument '${value}' for CONFIG SET '${said}'${UNEXPLAINED.has(why) ? '' : ` - ${why}`}`;
}

/** Sets one setting, under all its names. */
function change(world: World, name: string, value: ByteString): ByteString {
  const { aliases, settings } = world.persona;
  const { config } = world;
  const accepted = acceptedSetting(world, name, value, config.get(name) ?? '', settings[name] ?? 'text');
  const kept = ownedBytes(accepted);
  const main = aliases[name] ?? name;
  const others = Object.entries(aliases).flatMap(([other, of]) => (of === main ? [other] : []));
  for (const one of [main, ...others]) if (config.has(one)) config.set(one, kept);
  return kept;
}

function get(call: Call): ByteString {
  const { world, client } = call;
  const patterns = call.argv.slice(2).map((pattern) => pattern.toLowerCase());
  const found = [...world.config]
    .filter(([name]) => patterns.some((pattern) => globMatches(pattern, name)))
    .map(([name, value]) => ({ name, value }));
  // From 7.0 on a setting that is asked for by its name, not by a pattern, is told as it was written.
  const written = new Map(
    since(call, 7)
      ? call.argv
          .slice(2)
          .toReversed()
          .map((word) => [word.toLowerCase(), word])
      : [],
  );
  // Up to 6.2 they come in the order of the source; from then on in that of a hash table.
  const ordered = since(call, 7) ? tableOrder(world)(found) : found;
  return map(
    ordered.flatMap(({ name, value }) => [bulk(written.get(name) ?? name), bulk(value)]),
    client.resp,
  );
}

function rewrite({ world }: Call): ByteString {
  const server = world.persona.sections.find(({ title }) => title === 'Server');
  const file = server?.fields.find(([name]) => name === 'config_file')?.[1] ?? '';
  return file === '' ? errorReply('ERR The server is running without a config file') : OK;
}

export const config: Family = {
  config: (call) => (since(call, 7) ? current : before)(call),
};

const shared = {
  resetstat: {
    words: 1,
    run: ({ world }: Call) => {
      resetStatistics(world);
      return OK;
    },
  },
  rewrite: { words: 1, run: rewrite },
  help: {
    words: 1,
    run: (call: Call) => helpReply(call, 'CONFIG'),
  },
};
const before = container({ get: { words: 2, run: get }, set: { words: 3, run: set }, ...shared });
const current = container({ get: { words: -2, run: get }, set: { words: -3, run: set }, ...shared });

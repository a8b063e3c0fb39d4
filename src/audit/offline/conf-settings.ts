import type { Directive } from '../../dump/read-redis-conf.ts';
import type { ByteString } from '../../model/bytes.ts';
import type { ReadableSetting } from '../ask/allowed.ts';
import { READABLE_SETTINGS } from '../ask/allowed.ts';

const NAMES: ReadonlyMap<string, ReadableSetting> = new Map(READABLE_SETTINGS.map((name) => [name, name]));
/** Names of before Redis 5 and 7. */
const ALIASES: Readonly<Record<string, string>> = {
  'slave-read-only': 'replica-read-only',
  'slave-serve-stale-data': 'replica-serve-stale-data',
  'min-slaves-to-write': 'min-replicas-to-write',
};
/** Of these a line adds to the ones before. */
const ADDING = new Set(['save', 'client-output-buffer-limit']);
/** As CONFIG GET prints them. */
const IN_BYTES = new Set([
  'maxmemory',
  'maxmemory-clients',
  'client-query-buffer-limit',
  'proto-max-bulk-len',
]);
const LONGEST_VALUE = 4_096;

/** What a setting is when no line names it: the same in all versions that have it. */
const DEFAULTS: Readonly<Partial<Record<string, ByteString>>> = {
  'acllog-max-len': '128',
  appendonly: 'no',
  dbfilename: 'dump.rdb',
  'enable-debug-command': 'no',
  'enable-module-command': 'no',
  'enable-protected-configs': 'no',
  loglevel: 'notice',
  maxclients: '10000',
  maxmemory: '0',
  'maxmemory-policy': 'noeviction',
  port: '6379',
  'protected-mode': 'yes',
  rdbcompression: 'yes',
  'replica-read-only': 'yes',
  'sanitize-dump-payload': 'no',
  'slowlog-log-slower-than': '10000',
  'slowlog-max-len': '128',
  'stop-writes-on-bgsave-error': 'yes',
  'tls-port': '0',
  unixsocketperm: '0',
};

/**
 * The settings of a redis.conf as CONFIG GET would print them after a start with it.
 * @param whole false when lines are missing: what is not there is then unknown, not the default.
 */
export function confSettings(
  directives: readonly Directive[],
  whole: boolean,
): ReadonlyMap<ReadableSetting, ByteString> {
  const settings = new Map<ReadableSetting, ByteString>();
  for (const { name: written, args } of directives) {
    const name = NAMES.get(ALIASES[written] ?? written);
    if (name === undefined) continue;
    const value = args.join(' ').slice(0, LONGEST_VALUE);
    const before = settings.get(name) ?? '';
    // `save ""` takes back all that stands above it.
    if (ADDING.has(name) && value !== '' && before !== '')
      settings.set(name, `${before} ${value}`.slice(0, LONGEST_VALUE));
    else settings.set(name, IN_BYTES.has(name) ? inBytes(value) : value);
  }
  if (!whole) return settings;
  for (const [name, value] of Object.entries(DEFAULTS)) {
    const known = NAMES.get(name);
    if (known !== undefined && value !== undefined && !settings.has(known)) settings.set(known, value);
  }
  return settings;
}

const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1e3,
  kb: 1_024,
  m: 1e6,
  mb: 1_048_576,
  g: 1e9,
  gb: 1_073_741_824,
};

/** `100mb` is 104857600; what is no amount stays as it is. */
function inBytes(value: ByteString): ByteString {
  const [, digits, unit = ''] = /^(\d{1,15})([a-z]{0,2})$/i.exec(value) ?? [];
  const factor = UNITS[unit.toLowerCase()];
  return digits === undefined || factor === undefined ? value : String(Number(digits) * factor);
}

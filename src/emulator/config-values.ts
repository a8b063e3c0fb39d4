import { folderPath } from './folder-path.ts';
import type { SettingKind } from './persona.ts';
import { FILES, FOLDERS } from './pretended-disk.ts';
import { numberValue } from './settings/number-value.ts';
import { refuse } from './settings/setting-fault.ts';
import {
  bindings,
  combined,
  eventClasses,
  fileName,
  hostName,
  locale,
  oomScores,
  outputLimits,
  percentiles,
  saveRules,
  titleTemplate,
} from './settings/text-values.ts';
import { isValkey, since } from './version.ts';
import type { World } from './world.ts';

/**
 * What CONFIG GET will answer after CONFIG SET name value; throws a `SettingFault` with the server's words when it would
 * refuse. `name` is lower case, known and not fixed.
 */
export function acceptedSetting(
  world: World,
  name: string,
  value: string,
  before: string,
  kind: SettingKind,
): string {
  const accepted = special(world, name, value, before) ?? general(world, name, value, kind);
  checkPossible(world, name, accepted, before);
  return accepted;
}

function special(world: World, name: string, value: string, before: string): string | undefined {
  switch (name) {
    case 'dir':
      return folder(world, value, before);
    case 'dbfilename':
      return fileName(world, value);
    case 'save':
      return saveRules(value);
    case 'notify-keyspace-events':
      return eventClasses(world, value);
    case 'client-output-buffer-limit':
      return outputLimits(world, value, before);
    case 'oom-score-adj-values':
      return oomScores(value);
    case 'latency-tracking-info-percentiles':
      return percentiles(value);
    case 'proc-title-template':
      return titleTemplate(value);
    case 'cluster-announce-hostname':
      return hostName(value);
    case 'locale-collate':
      return locale(value);
    case 'bind':
      return bindings(world, value);
    default:
      return undefined;
  }
}

const LEAST_BACKLOG = 16_384;

function general(world: World, name: string, value: string, kind: SettingKind): string {
  // The real server keeps a text as C does: up to the first NUL.
  if (kind === 'text' || kind === 'fixed') return value.split('\0', 1)[0] ?? '';
  if (kind === 'flag') {
    const chosen = value.toLowerCase();
    return chosen === 'yes' || chosen === 'no' ? chosen : refuse("argument must be 'yes' or 'no'");
  }
  if ('choices' in kind) {
    if (kind.several === true) return combined(value, kind.choices);
    const chosen = value.toLowerCase();
    if (kind.choices.includes(chosen)) return chosen;
    const argument = since({ world }, 7) ? 'argument(s)' : 'argument';
    return refuse(`${argument} must be one of the following: ${kind.choices.join(', ')}`);
  }
  const number = numberValue(world.level, name, value, kind);
  if (name === 'hz') return String(Math.max(1, Math.min(500, Number(number))));
  if (name === 'repl-backlog-size') return String(Math.max(LEAST_BACKLOG, Number(number)));
  return number;
}

const NO_TLS = 'Unable to update TLS configuration. Check server logs.';
const TLS = new Set(['tls-port', 'tls-cluster', 'tls-replication']);
/** Descriptors that Debian's unit lets the server open, without those it keeps for itself. */
const MOST_CLIENTS = 65_535 - 32;

/** What a server without TLS files, with Debian's allocator and rights cannot do. */
function checkPossible(world: World, name: string, value: string, before: string): void {
  if (TLS.has(name) && value !== 'no' && value !== '0') refuse(NO_TLS);
  if (name === 'activedefrag' && value === 'yes') {
    const by = isValkey({ world }) ? ['', ''] : ['Redis ', 'Redis '];
    refuse(
      `Active defragmentation cannot be enabled: it requires a ${by[0]}server compiled with a modified Jemalloc like the one shipped by default with the ${by[1]}source distribution`,
    );
  }
  if (name === 'maxclients' && Number(value) > MOST_CLIENTS) {
    refuse(
      `The operating system is not able to handle the specified number of clients, try with ${MOST_CLIENTS}`,
    );
  }
  // Who asks keeps this port: nothing is rebound here.
  if (name === 'port' && value !== before && value !== '0' && value !== String(world.port)) {
    refuse('Unable to listen on this port. Check server logs.');
  }
}

function folder(world: World, value: string, before: string): string {
  if (value === '' && isValkey({ world })) return refuse("dir can't be empty");
  const path = folderPath(value, before);
  if (FILES.has(path)) return refuse('Not a directory');
  return value === '' || !FOLDERS.has(path) ? refuse('No such file or directory') : path;
}

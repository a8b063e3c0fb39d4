import { CHOICES, FILES, FIXED, FOLDERS, RANGES } from './config-facts.ts';
import { fail } from './command.ts';
import { folderPath } from './folder-path.ts';

const MEMORY = /^(maxmemory|.*-max-ziplist-(size|value|entries)|proto-max-bulk-len|client-query-buffer-limit|repl-backlog-size|auto-aof-rewrite-min-size|set-max-intset-entries|hll-sparse-max-bytes|stream-node-max-bytes|active-defrag-ignore-bytes)$/;
const UNITS: Readonly<Record<string, number>> = {
  '': 1,
  b: 1,
  k: 1_000,
  kb: 1_024,
  m: 1_000_000,
  mb: 1_048_576,
  g: 1_000_000_000,
  gb: 1_073_741_824,
};
const MOST_INT = 2_147_483_647;

/**
 * What CONFIG GET will answer after CONFIG SET name value; fails with Redis 6.0's words when it would refuse. `name`
 * is lower case and known.
 */
export function acceptedSetting(name: string, value: string, before: string): string {
  if (FIXED.has(name)) fail(`ERR Unsupported CONFIG parameter: ${name}`);
  const refuse = (why: string): never => fail(`ERR Invalid argument '${value}' for CONFIG SET '${name}'${why}`);
  if (name === 'dir') return folder(value, before);
  if (name === 'dbfilename') {
    return value.includes('/') ? refuse(" - dbfilename can't be a path, just a filename") : value;
  }
  if (name === 'save') return /^(\d+ \d+( \d+ \d+)*)?$/.test(value.slice(0, 256)) ? value : refuse('');
  if (name === 'notify-keyspace-events') return eventClasses(value) ?? refuse('');
  const choices = CHOICES[name];
  if (choices !== undefined) {
    const chosen = value.toLowerCase();
    return choices.includes(chosen)
      ? chosen
      : refuse(` - argument must be one of the following: ${choices.join(', ')}`);
  }
  if (before === 'yes' || before === 'no') {
    const chosen = value.toLowerCase();
    return chosen === 'yes' || chosen === 'no' ? chosen : refuse(" - argument must be 'yes' or 'no'");
  }
  if (MEMORY.test(name)) return memoryValue(value) ?? refuse(' - argument must be a memory value');
  if (!/^-?\d+$/.test(before)) return value;
  if (!/^(0|-?[1-9]\d{0,17})$/.test(value)) return refuse(" - argument couldn't be parsed into an integer");
  const [least, most] = RANGES[name] ?? [0, MOST_INT];
  const wanted = Number(value);
  return wanted < least || wanted > most
    ? refuse(` - argument must be between ${least} and ${most} inclusive`)
    : String(wanted);
}

function memoryValue(value: string): string | undefined {
  const parts = /^(\d{1,18})([a-z]{0,2})$/i.exec(value.slice(0, 32));
  const unit = UNITS[(parts?.[2] ?? '?').toLowerCase()];
  return parts === null || unit === undefined ? undefined : String(Number(parts[1]) * unit);
}

const EVENT_CLASSES = 'g$lshzxetm';

/** The classes in the server's order, `A` for all of the first nine. */
function eventClasses(value: string): string | undefined {
  if (value.length > 64 || !/^[AKEg$lshzxetm]*$/.test(value)) return undefined;
  const all = value.includes('A') || [...'g$lshzxet'].every((one) => value.includes(one));
  const classes = [...EVENT_CLASSES].filter((one) => value.includes(one) && (!all || one === 'm'));
  const where = ['K', 'E'].filter((one) => value.includes(one));
  return [all ? 'A' : '', ...classes.filter((one) => one !== 'm'), ...where, ...classes.filter((one) => one === 'm')].join('');
}

function folder(value: string, before: string): string {
  const path = folderPath(value, before);
  if (FILES.has(path)) fail('ERR Changing directory: Not a directory');
  if (value === '' || !FOLDERS.has(path)) fail('ERR Changing directory: No such file or directory');
  return path;
}

import type { Persona } from '../emulator/persona.ts';
import type { Installation } from './installation.ts';

type Section = Persona['sections'][number];

/** Sections that a server fills by what happens to it. */
const OWN = new Set(['Modules', 'Commandstats', 'Errorstats', 'Latencystats', 'Keyspace', 'Keysizes']);
/** Sections whose numbers count what happened to it. */
const COUNTED = new Set(['Stats', 'CPU']);
/** Ids, and what differs between any two servers; the emulator has its own. */
const EMPTIED = new Set(['process_id', 'run_id', 'master_replid', 'availability_zone']);
const ZEROED =
  /^(tcp_port|server_time_usec|uptime_in_seconds|uptime_in_days|lru_clock|rdb_last_save_time|connected_slaves|master_repl_offset|repl_backlog_(active|first_byte_offset|histlen))$/;
/** Lines of single replicas. */
const REPLICA = /^slave\d+$/;

/** INFO everything as sections, without the values of the recorded server; `usual` is plain INFO. */
export function sectionsOf(
  everything: string,
  usual: string,
  engine: Persona['engine'],
  installation: Installation,
): Section[] {
  const shown = new Set(split(usual).map(({ title }) => title));
  const fixed = installedFields(engine, installation);
  return split(everything).map(({ title, fields }) => ({
    title,
    byDefault: shown.has(title),
    fields: OWN.has(title)
      ? []
      : fields
          .filter(([name]) => !REPLICA.test(name))
          .map(([name, value]): [string, string] => [name, fixed[name] ?? neutral(title, name, value)]),
  }));
}

/** The value of a field of INFO, empty when there is none. */
export function infoField(info: string, name: string): string {
  return new Map(split(info).flatMap(({ fields }) => fields)).get(name) ?? '';
}

function neutral(title: string, name: string, value: string): string {
  if (EMPTIED.has(name)) return '';
  if (ZEROED.test(name)) return name === 'tcp_port' ? '6379' : '0';
  if (COUNTED.has(title) && /^\d+(\.\d+)?$/.test(value))
    return value.replaceAll(/\d/g, '0').replace(/^0+\b/, '0');
  return value;
}

function installedFields(engine: string, { os, totalMemory }: Installation): Record<string, string> {
  return {
    os,
    executable: `/usr/bin/${engine}-server`,
    config_file: `/etc/${engine}/${engine}.conf`,
    process_supervised: 'systemd',
    listener0: 'name=tcp,bind=*,bind=-::*,port=6379',
    total_system_memory: String(totalMemory),
    total_system_memory_human: `${(totalMemory / 2 ** 30).toFixed(2)}G`,
  };
}

function split(info: string): { title: string; fields: [string, string][] }[] {
  return `\r\n${info}`
    .split('\r\n# ')
    .slice(1)
    .map((section) => {
      const [title = '', ...lines] = section.split('\r\n');
      const fields = lines
        .filter((line) => line.includes(':'))
        .map((line): [string, string] => {
          const colon = line.indexOf(':');
          return [line.slice(0, colon), line.slice(colon + 1)];
        });
      return { title, fields };
    });
}

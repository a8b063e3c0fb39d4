// Records a persona from a real redis-server that may be changed: node scripts/record-persona.ts PORT > personas/NAME.json
//
// Facts only: INFO fields, settings, the command table. What tells of the recording host (paths, ids, memory of the
// machine, times) is replaced or left to the emulator, which computes it.

import { Redis } from 'ioredis';
import type { Persona } from '../src/emulator/persona.ts';
import { recordSettings } from './record-settings.ts';

/** A Debian installation that was opened to the network, as attackers find them. */
const AS_INSTALLED: Readonly<Record<string, string>> = {
  bind: '',
  dir: '/var/lib/redis',
  dbfilename: 'dump.rdb',
  logfile: '/var/log/redis/redis-server.log',
  pidfile: '/run/redis/redis-server.pid',
  daemonize: 'yes',
  supervised: 'systemd',
  save: '900 1 300 10 60 10000',
  'protected-mode': 'no',
  port: '6379',
  maxmemory: '268435456',
};
const WITHOUT_HOST: Readonly<Record<string, string>> = {
  os: 'Linux 5.10.0-28-amd64 x86_64',
  executable: '/usr/bin/redis-server',
  config_file: '/etc/redis/redis.conf',
  process_id: '',
  run_id: '',
  master_replid: '',
  total_system_memory: '4123168768',
  total_system_memory_human: '3.84G',
};
/** Sections that a server fills by what happens to it. */
const OWN = ['Commandstats', 'Keyspace'];

type Section = Persona['sections'][number];
type CommandRow = [string, number, string[], number, number, number, string[]];

function sectionOf(text: string): Section {
  const [title = '', ...lines] = text.split('\r\n');
  const fields = OWN.includes(title) ? [] : lines.filter((line) => line.includes(':'));
  return {
    title,
    fields: fields.map((line) => {
      const colon = line.indexOf(':');
      const name = line.slice(0, colon);
      return [name, WITHOUT_HOST[name] ?? line.slice(colon + 1)];
    }),
  };
}

const byName = <T>(entries: readonly (readonly [string, T])[]): Record<string, T> =>
  Object.fromEntries(entries.toSorted(([one], [other]) => (one < other ? -1 : 1)));

async function record(port: number): Promise<Persona> {
  const client = new Redis({ host: '127.0.0.1', port });
  const info = await client.info('everything');
  const flat = await client.config('GET', '*');
  const config = flat.flatMap((name, at) => (at % 2 === 0 ? [[name, flat[at + 1] ?? ''] as const] : []));
  const table = (await client.call('COMMAND')) as CommandRow[];
  const settings = await recordSettings(client, config);
  await client.quit();
  const sections = info.split('# ').slice(1).map(sectionOf);
  const version = sections.flatMap(({ fields }) => fields).find(([name]) => name === 'redis_version');
  const commands = table.map(([name, arity, flags, first, last, step, categories]) => ({
    name,
    arity,
    flags,
    keys: [first, last, step] satisfies [number, number, number],
    categories,
  }));
  return {
    engine: 'redis',
    version: version?.[1] ?? '',
    sections,
    config: byName(config.map(([name, value]) => [name, AS_INSTALLED[name] ?? value])),
    settings: byName(settings),
    commands: commands.toSorted((one, other) => (one.name < other.name ? -1 : 1)),
  };
}

const port = Number(process.argv[2]);
if (!Number.isInteger(port)) {
  console.error('usage: node scripts/record-persona.ts PORT > personas/NAME.json');
  process.exit(2);
}
console.log(JSON.stringify(await record(port), null, 1));

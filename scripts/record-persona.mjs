#!/usr/bin/env node
// Records a persona from a real redis-server: node scripts/record-persona.mjs PORT > personas/NAME.json
//
// Facts only: INFO fields, settings, the command table. What tells of the recording host (paths, ids, memory of the
// machine, times) is replaced or left to the emulator, which computes it.

import { Redis } from 'ioredis';
import { recordSettings } from './record-settings.mjs';

const port = Number(process.argv[2]);
if (!Number.isInteger(port)) {
  console.error('usage: node scripts/record-persona.mjs PORT > personas/NAME.json');
  process.exit(2);
}
const client = new Redis({ host: '127.0.0.1', port });
const info = await client.info('everything');
const config = pairs(await client.config('GET', '*'));
const settings = await recordSettings(client, config);
const table = await client.call('COMMAND');
await client.quit();

/** A Debian installation that was opened to the network, as attackers find them. */
const AS_INSTALLED = {
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

const sections = info
  .split('# ')
  .slice(1)
  .map((text) => {
    const [title = '', ...lines] = text.split('\r\n');
    const fields = lines.filter((line) => line.includes(':')).map((line) => line.split(/:(.*)/s).slice(0, 2));
    return { title, fields: title === 'Commandstats' || title === 'Keyspace' ? [] : fields };
  });
const server = Object.fromEntries(sections.flatMap(({ fields }) => fields));
console.log(
  JSON.stringify(
    {
      engine: 'redis',
      version: server.redis_version,
      sections: sections.map(({ title, fields }) => ({ title, fields: fields.map(withoutHost) })),
      config: Object.fromEntries(
        Object.entries(config)
          .map(([name, value]) => [name, AS_INSTALLED[name] ?? value])
          .sort(),
      ),
      settings: Object.fromEntries(Object.entries(settings).sort()),
      commands: table
        .map(([name, arity, flags, first, last, step, categories]) => ({
          name,
          arity,
          flags,
          keys: [first, last, step],
          categories,
        }))
        .sort((a, b) => (a.name < b.name ? -1 : 1)),
    },
    null,
    1,
  ),
);

function withoutHost([field, value]) {
  const kept = {
    os: 'Linux 5.10.0-28-amd64 x86_64',
    executable: '/usr/bin/redis-server',
    config_file: '/etc/redis/redis.conf',
    process_id: '',
    run_id: '',
    master_replid: '',
    total_system_memory: '4123168768',
    total_system_memory_human: '3.84G',
  };
  return [field, kept[field] ?? value];
}

function pairs(flat) {
  const found = {};
  for (let at = 0; at + 1 < flat.length; at += 2) found[flat[at]] = flat[at + 1];
  return found;
}

import type { World } from './world.ts';

/** What a 6.0 server without keys reports as used. */
const EMPTY_MEMORY = 873_064;
const STARTUP_BYTES = 809_528;
const CLIENT_BYTES = 20_496;
const PAGE = 4_096;

const pages = (bytes: number): number => Math.ceil(bytes / PAGE) * PAGE;

export function usedMemory(world: World): number {
  const used = EMPTY_MEMORY + world.clients.size * CLIENT_BYTES + world.memory.bytes + world.held;
  world.statistics.peak = Math.max(world.statistics.peak, used);
  return used;
}

/**
 * INFO: the persona's sections and fields in the recorded order, with the values that move computed from the one world
 * that every command reads and writes. Undefined for a section that does not exist.
 */
export function infoText(world: World, asked: string): string {
  const all = ['all', 'everything'].includes(asked);
  const shown = world.persona.sections.filter(({ title }) =>
    asked === 'default' ? title !== 'Commandstats' : all || title.toLowerCase() === asked,
  );
  const moving = movingFields(world);
  const sections = shown.map(({ title, fields }) => {
    const lines = fields.map(([name, value]) => `${name}:${moving[name] ?? value}`);
    const own = title === 'Replication' ? replication(world, lines) : lines;
    return [`# ${title}`, ...own, ...extraLines(world, title)].join('\r\n');
  });
  return sections.length === 0 ? '' : `${sections.join('\r\n\r\n')}\r\n`;
}

function movingFields(world: World): Record<string, string | number> {
  const { statistics, clock, config } = world;
  const now = clock.now();
  const uptime = Math.trunc((now - world.started) / 1_000);
  const used = usedMemory(world);
  const clientBytes = world.clients.size * CLIENT_BYTES;
  // As a server on Debian has it: the heap in whole pages, and what the program itself maps.
  const allocated = used + 536_000;
  const active = pages(allocated * 1.04) + 262_144;
  const resident = active + 2_576_384;
  const rss = pages(resident) + 5_775_360;
  const overhead = STARTUP_BYTES + clientBytes;
  const patterns = [...world.clients.values()].flatMap((client) => [...client.patterns]);
  const channels = new Set([...world.clients.values()].flatMap((client) => [...client.channels]));
  const limit = Number(config.get('maxmemory') ?? 0);
  const expired = world.databases.reduce((total, database) => total + database.expired, 0);
  return {
    process_id: world.pid,
    run_id: world.runId,
    tcp_port: world.port,
    uptime_in_seconds: uptime,
    uptime_in_days: Math.trunc(uptime / 86_400),
    lru_clock: Math.trunc(now / 1_000) % 16_777_216,
    connected_clients: world.clients.size,
    used_memory: used,
    used_memory_human: human(used),
    used_memory_rss: rss,
    used_memory_rss_human: human(rss),
    used_memory_peak: statistics.peak,
    used_memory_peak_human: human(statistics.peak),
    used_memory_peak_perc: `${((100 * used) / statistics.peak).toFixed(2)}%`,
    used_memory_overhead: overhead,
    used_memory_dataset: used - overhead,
    used_memory_dataset_perc: `${((100 * (used - overhead)) / (used - STARTUP_BYTES)).toFixed(2)}%`,
    allocator_allocated: allocated,
    allocator_active: active,
    allocator_resident: resident,
    allocator_frag_ratio: (active / allocated).toFixed(2),
    allocator_frag_bytes: active - allocated,
    allocator_rss_ratio: (resident / active).toFixed(2),
    allocator_rss_bytes: resident - active,
    rss_overhead_ratio: (rss / resident).toFixed(2),
    rss_overhead_bytes: rss - resident,
    maxmemory: limit,
    maxmemory_human: human(limit),
    maxmemory_policy: config.get('maxmemory-policy') ?? 'noeviction',
    mem_fragmentation_ratio: (rss / used).toFixed(2),
    mem_fragmentation_bytes: rss - used,
    mem_clients_normal: clientBytes,
    blocked_clients: [...world.clients.values()].filter((client) => client.blocked).length,
    pubsub_channels: channels.size,
    pubsub_patterns: new Set(patterns).size,
    number_of_cached_scripts: world.scripts.size,
    rdb_changes_since_last_save: world.dirty,
    rdb_last_save_time: world.lastSave,
    total_connections_received: statistics.connections,
    total_commands_processed: statistics.commands,
    total_net_input_bytes: statistics.bytesIn,
    total_net_output_bytes: statistics.bytesOut,
    rejected_connections: statistics.rejected,
    expired_keys: expired,
    keyspace_hits: statistics.hits,
    keyspace_misses: statistics.misses,
    unexpected_error_replies: 0,
    total_reads_processed: statistics.reads,
    total_writes_processed: statistics.writes,
    used_cpu_sys: (uptime * 0.000_91).toFixed(6),
    used_cpu_user: (uptime * 0.001_13).toFixed(6),
    master_replid: world.replId,
    master_replid2: world.formerReplId ?? '0'.repeat(40),
    second_repl_offset: world.formerReplId === undefined ? -1 : 1,
    aof_enabled: config.get('appendonly') === 'yes' ? 1 : 0,
  };
}

/** As a replica of a master that cannot be reached: the sensor never dials out. */
function replication(world: World, lines: readonly string[]): string[] {
  if (world.master === undefined) return [...lines];
  const [, ...rest] = lines;
  return [
    'role:slave',
    `master_host:${world.master.host}`,
    `master_port:${world.master.port}`,
    'master_link_status:down',
    'master_last_io_seconds_ago:-1',
    'master_sync_in_progress:0',
    'slave_repl_offset:0',
    // 6.0 counts from 1970 while the link has never been up.
    `master_link_down_since_seconds:${Math.trunc(world.clock.now() / 1_000)}`,
    'slave_priority:100',
    `slave_read_only:${world.config.get('replica-read-only') === 'no' ? 0 : 1}`,
    ...rest,
  ];
}

function extraLines(world: World, title: string): string[] {
  if (title === 'Commandstats') {
    return [...world.commands.values()].flatMap(({ name, calls, usec }) =>
      calls === 0
        ? []
        : [`cmdstat_${name}:calls=${calls},usec=${usec},usec_per_call=${(usec / calls).toFixed(2)}`],
    );
  }
  if (title === 'Modules') {
    return [...world.modules.keys()].map(
      (name) => `module:name=${name},ver=1,api=1,filters=0,usedby=[],using=[],options=[]`,
    );
  }
  if (title !== 'Keyspace') return [];
  const now = world.clock.now();
  return world.databases.flatMap((database, index) => {
    const keys = database.size(now);
    const { count, meanTtl } = database.expiring(now);
    return keys === 0 ? [] : [`db${index}:keys=${keys},expires=${count},avg_ttl=${meanTtl}`];
  });
}

/** bytesToHuman of Redis. */
function human(bytes: number): string {
  if (bytes < 1_024) return `${bytes}B`;
  const steps = ['K', 'M', 'G', 'T'];
  const step = Math.min(Math.trunc(Math.log(bytes) / Math.log(1_024)), steps.length);
  return `${(bytes / 1_024 ** step).toFixed(2)}${steps[step - 1]}`;
}

import { figuresOf } from '../command-figures.ts';
import { expiredKeys, ratePerSecond, sampleRates } from '../statistics.ts';
import { trackedKeys } from '../tracking.ts';
import type { ClientState, World } from '../world.ts';
import { microseconds } from '../world.ts';

type Fields = Record<string, string | number>;

const HOUR_S = 3_600;
const count = (clients: Iterable<ClientState>, holds: (client: ClientState) => boolean): number =>
  [...clients].filter(holds).length;

/** The fields of INFO server and INFO clients that move. */
export function serverFields(world: World): Fields {
  const { config, persona } = world;
  const now = world.clock.now();
  const uptime = Math.trunc((now - world.started) / 1_000);
  const hz = config.get('hz') ?? '10';
  return {
    process_id: world.pid,
    run_id: world.runId,
    tcp_port: config.get('port') ?? world.port,
    server_time_usec: microseconds(world),
    uptime_in_seconds: uptime,
    uptime_in_days: Math.trunc(uptime / (24 * HOUR_S)),
    hz,
    configured_hz: hz,
    clients_hz: hz,
    lru_clock: Math.trunc(now / 1_000) % 16_777_216,
    availability_zone: config.get('availability-zone') ?? '',
    listener0: `name=tcp,${bindings(config.get('bind') ?? persona.config['bind'] ?? '')}port=${config.get('port') ?? world.port}`,
  };
}

const bindings = (bind: string): string =>
  bind
    .split(' ')
    .map((address) => `bind=${address},`)
    .join('');

const NEW_MS = 1_000;

export function clientFields(world: World): Fields {
  const clients = [...world.clients.values()];
  const now = world.clock.now();
  const seasoned = clients.some((client) => now - client.since > NEW_MS);
  const recent = world.persona.engine === 'valkey' ? 0 : world.level < 7 ? 8 : world.level < 8 ? 20_480 : 16;
  const watched = clients.flatMap((client) => [...client.watched.keys()]);
  return {
    connected_clients: clients.length,
    maxclients: world.config.get('maxclients') ?? '10000',
    client_recent_max_input_buffer: seasoned ? recent : 0,
    blocked_clients: count(clients, (client) => client.blocked),
    tracking_clients: world.tracking.clients.size,
    pubsub_clients: count(
      clients,
      (client) => client.channels.size + client.patterns.size + client.shardChannels.size > 0,
    ),
    watching_clients: count(clients, (client) => client.watched.size > 0),
    clients_in_timeout_table: count(clients, (client) => client.waiting?.timer !== undefined),
    total_watched_keys: new Set(watched).size,
    total_blocking_keys: world.waiters.size,
    ...pauseFields(world, now),
  };
}

/** What Valkey tells of CLIENT PAUSE. */
function pauseFields({ pause }: World, now: number): Fields {
  if (pause === undefined || pause.until <= now) return {};
  return {
    paused_reason: 'client_pause',
    paused_actions: pause.kind,
    paused_timeout_milliseconds: pause.until - now,
  };
}

/** The fields of INFO stats that move. */
export function statsFields(world: World): Fields {
  const { statistics } = world;
  const now = world.clock.now();
  sampleRates(world, now);
  const clients = [...world.clients.values()];
  const uptime = Math.trunc((now - world.started) / 1_000);
  const kilobytes = (of: 'bytesIn' | 'bytesOut'): string =>
    (ratePerSecond(statistics, of) / 1_024).toFixed(2);
  const operations = Math.round(ratePerSecond(statistics, 'commands'));
  const turns = Math.trunc(uptime * 9.9) + statistics.reads;
  const busy = [...world.commands.values()].reduce(
    (total, command) =>
      total + [command, ...command.parts.values()].reduce((sum, one) => sum + figuresOf(one).usec, 0),
    0,
  );
  const tracked = trackedKeys(world);
  return {
    total_connections_received: statistics.connections,
    total_commands_processed: statistics.commands,
    instantaneous_ops_per_sec: operations,
    total_net_input_bytes: statistics.bytesIn,
    total_net_output_bytes: statistics.bytesOut,
    instantaneous_input_kbps: kilobytes('bytesIn'),
    instantaneous_output_kbps: kilobytes('bytesOut'),
    rejected_connections: statistics.rejected,
    expired_subkeys: statistics.expiredFields,
    expired_keys: Math.max(0, expiredKeys(world) - statistics.expiredBefore),
    expire_cycle_cpu_milliseconds: Math.trunc(uptime * 0.01),
    evicted_keys: statistics.evicted,
    keyspace_hits: statistics.hits,
    keyspace_misses: statistics.misses,
    pubsub_channels: new Set(clients.flatMap((client) => [...client.channels])).size,
    pubsub_patterns: new Set(clients.flatMap((client) => [...client.patterns])).size,
    pubsubshard_channels: new Set(clients.flatMap((client) => [...client.shardChannels])).size,
    tracking_total_keys: tracked.keys,
    tracking_total_items: tracked.items,
    tracking_total_prefixes: new Set(clients.flatMap((client) => [...(client.tracking?.prefixes ?? [])]))
      .size,
    latest_fork_usec: statistics.forkUsec,
    total_forks: statistics.forks,
    unexpected_error_replies: 0,
    total_error_replies: statistics.errors,
    dump_payload_sanitizations: statistics.sanitized,
    total_reads_processed: statistics.reads,
    total_writes_processed: statistics.writes,
    eventloop_cycles: turns,
    eventloop_duration_sum: turns * 104 + busy,
    eventloop_duration_cmd_sum: busy,
    instantaneous_eventloop_cycles_per_sec: 9 + operations,
    instantaneous_eventloop_duration_usec: 80 + (turns % 60),
    acl_access_denied_auth: statistics.denied.auth,
    acl_access_denied_cmd: statistics.denied.cmd,
    acl_access_denied_key: statistics.denied.key,
    acl_access_denied_channel: statistics.denied.channel,
    io_thread_0: `clients=${clients.length},reads=${statistics.reads},writes=${statistics.writes}`,
  };
}

/** The fields of INFO cpu: a server that does little needs about a tenth of a percent. */
export function cpuFields(world: World): Fields {
  const { statistics } = world;
  const uptime = (world.clock.now() - world.started) / 1_000;
  const sys = uptime * 0.000_91 + statistics.commands * 0.000_004;
  const user = uptime * 0.001_13 + statistics.commands * 0.000_003;
  return {
    used_cpu_sys: sys.toFixed(6),
    used_cpu_user: user.toFixed(6),
    used_cpu_sys_children: (statistics.forks * 0.0021).toFixed(6),
    used_cpu_user_children: (statistics.forks * 0.0034).toFixed(6),
    used_cpu_sys_main_thread: (sys * 0.97).toFixed(6),
    used_cpu_user_main_thread: (user * 0.98).toFixed(6),
  };
}

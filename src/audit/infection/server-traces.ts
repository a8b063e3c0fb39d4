import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { isNowhere, isPrivate } from '../../content/ipv4.ts';
import type { ByteString } from '../../model/bytes.ts';
import { endpointParts } from '../../model/endpoint.ts';
import { printable } from '../../model/printable.ts';
import { commandStatistics } from '../../redis/info.ts';
import type { ReadableSetting } from '../ask/allowed.ts';
import type { ServerFacts } from '../server-facts.ts';
import { isOfficialModule } from './learnt.ts';
import { logTraces } from './log-traces.ts';
import type { Trace } from './trace.ts';

/** Settings that attacks change; others say nothing of one. */
const TELLING_SETTINGS: readonly ReadableSetting[] = [
  'dir',
  'dbfilename',
  'protected-mode',
  'replica-read-only',
  'slave-read-only',
  'stop-writes-on-bgsave-error',
  'rdbcompression',
  'aof-rewrite-incremental-fsync',
  'rdb-save-incremental-fsync',
  'enable-protected-configs',
  'enable-module-command',
];

/** What the settings, the replication, the modules and the statistics say was done to the server. */
export function serverTraces(facts: ServerFacts): Trace[] {
  return [
    ...settingTraces(facts),
    ...saveTraces(facts),
    ...replicationTraces(facts),
    ...moduleTraces(facts),
    ...functionTraces(facts),
    ...statisticTraces(facts),
    ...logTraces(facts),
  ];
}

function settingTraces({ settings }: ServerFacts): Trace[] {
  return TELLING_SETTINGS.flatMap((name) => {
    const value = settings?.get(name);
    if (value === undefined) return [];
    return [
      {
        act: { type: 'redis.setting', name, value, accepted: true } as const,
        source: 'settings',
        place: `CONFIG GET ${name}`,
      },
    ];
  });
}

/**
 * A dump that was saved since the start is where `dir` points. At start the time of the last save is that of the start;
 * in the first seconds it takes a counted SAVE that left nothing unsaved.
 */
function saveTraces({ settings, info }: ServerFacts): Trace[] {
  const [dir, dbfilename] = [settings?.get('dir'), settings?.get('dbfilename')];
  if (info === undefined || dir === undefined || dbfilename === undefined) return [];
  const number = (field: string): number => Number(info.get(field) ?? Number.NaN);
  const started = number('server_time_usec') / 1e6 - number('uptime_in_seconds');
  const later = number('rdb_last_save_time') > started + 2;
  const counted = commandStatistics(info).some(
    ({ command, calls, failed }) => (command === 'save' || command === 'bgsave') && calls > failed,
  );
  const saved = later || (counted && number('rdb_changes_since_last_save') === 0);
  if (info.get('rdb_last_bgsave_status') !== 'ok' || !saved) return [];
  return [
    {
      act: { type: 'redis.save', command: 'save', dir, dbfilename, accepted: true },
      source: 'settings',
      place: 'INFO persistence',
    },
  ];
}

/**
 * Only a master at a public address is a trace: replicas of the own network, and of names, are how Redis is run. Names
 * are judged by what the sensors learnt alone.
 */
function replicationTraces({ info }: ServerFacts): Trace[] {
  const master = masterOf(info);
  if (master === undefined || !isPublic(master.host)) return [];
  return [
    {
      act: { type: 'redis.replica-of', ...master, accepted: true },
      source: 'replication',
      place: 'INFO replication',
    },
  ];
}

export function masterOf(
  info: ReadonlyMap<string, ByteString> | undefined,
): { readonly host: string; readonly port: number } | undefined {
  const host = info?.get('master_host');
  const port = Number(info?.get('master_port') ?? Number.NaN);
  if (info?.get('role') !== 'slave' || host === undefined || !Number.isInteger(port)) return undefined;
  return { host: host.slice(0, 256).toLowerCase(), port };
}

export function isPublic(address: string): boolean {
  const host = isIP(address) === 6 ? ipaddr.process(address).toString() : address;
  if (isIP(host) === 4) return !isPrivate(host) && !isNowhere(host);
  return isIP(host) === 6 && !/^(::1$|f[cd]|fe[89ab])/i.test(host);
}

/** A public address, or a name of the public name space: `redis-master` is somebody else in every network. */
export function isElsewhere(host: string): boolean {
  if (isIP(host) !== 0) return isPublic(host);
  return (
    host.includes('.') &&
    !/\.(local|internal|intranet|intra|private|corp|lan|home|localdomain|svc|arpa|test)\.?$/.test(host)
  );
}

/** `192.0.2.1:4000` or `[2001:db8::1]:4000`; old servers write IPv6 without brackets. */
export function hostOfClient(client: ByteString): string {
  return endpointParts(client).host;
}

function moduleTraces({ modules }: ServerFacts): Trace[] {
  return (modules ?? []).flatMap(({ name, path }) => {
    // Under an official name a relative path is a developer's build, a folder of throw-away files is not.
    if (isOfficialModule(name) && !(isThrowaway(path) && path?.startsWith('/') === true)) return [];
    return [
      {
        act: {
          type: 'redis.module',
          action: 'loaded',
          name,
          ...(path === undefined ? {} : { path }),
          accepted: true,
        } as const,
        source: 'modules',
        place: `MODULE LIST ${printable(name, 60)}`,
      },
    ];
  });
}

/** Places where anybody may write: no package puts a module there. */
export function isThrowaway(path: ByteString | undefined): boolean {
  return path !== undefined && /^(\/tmp\/|\/var\/tmp\/|\/dev\/shm\/|\.\/|[^/])/.test(path);
}

/** The code of functions, where it was asked for: it survives a restart, unlike scripts. */
function functionTraces({ libraries }: ServerFacts): Trace[] {
  return (libraries ?? []).flatMap(({ name, code }) => {
    if (code === undefined) return [];
    const sha1 = createHash('sha1').update(code, 'latin1').digest('hex');
    return [
      {
        act: { type: 'redis.script', via: 'found', body: code, sha1 } as const,
        source: 'functions',
        place: `FUNCTION LIST ${printable(name, 60)}`,
      },
    ];
  });
}

function statisticTraces({ info }: ServerFacts): Trace[] {
  if (info === undefined) return [];
  return commandStatistics(info).map((act) => ({
    act,
    source: 'statistics',
    place: `INFO commandstats ${printable(act.command, 60)}`,
  }));
}

import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { ActType } from '../model/act.ts';
import { Act } from '../model/act.ts';
import { bytesFromBuffer, bytesFromText } from '../model/bytes.ts';
import type { Event } from '../model/event.ts';
import type { Example } from './rule.ts';

/** What an example leaves out: the dullest act of its type. */
const PLAIN: Readonly<Record<ActType, Record<string, unknown>>> = {
  'session.opened': { protocol: 'redis', local: { address: '192.0.2.1', port: 6379 } },
  'session.closed': { reason: 'visitor', commands: 1, bytesIn: 10, bytesOut: 10, ms: 10 },
  'session.flood': { protocol: 'redis', connections: 1_000, commands: 0, bytesIn: 0 },
  'redis.command': { name: 'ping', args: [], db: 0, reply: 'ok' },
  'redis.burst': { counts: { get: 1 }, samples: { get: ['key'] }, ms: 1_000 },
  'redis.value': { db: 0, key: 'key', kind: 'string', value: 'value' },
  'redis.setting': { name: 'timeout', value: '0', accepted: true },
  'redis.save': { command: 'save', dir: '/var/lib/redis', dbfilename: 'dump.rdb', accepted: true },
  'redis.replica-of': { host: null, port: null, accepted: true },
  'redis.module': { action: 'loaded', accepted: true },
  'redis.script': { via: 'eval', body: 'return 1' },
  'redis.login': { user: 'default', password: '', accepted: false },
  'redis.statistic': { command: 'ping', calls: 1, rejected: 0, failed: 0 },
  'shell.command': { via: 'module', line: 'id' },
  'master.dialled': {
    host: '198.51.100.9',
    address: '198.51.100.9',
    port: 6379,
    outcome: 'refused',
    bytes: 0,
    ms: 1,
  },
  'master.not-dialled': { host: '198.51.100.9', address: '', port: 6379, reason: 'not-allowed' },
  'file.captured': {
    sha256: '0'.repeat(64),
    size: 1_000,
    kind: 'unknown',
    address: '198.51.100.9',
    port: 6379,
    path: '/var/lib/redis/dump.rdb',
    names: [],
    fresh: true,
  },
  'file.offered': {
    via: 'http',
    sha256: '0'.repeat(64),
    size: 1_000,
    kind: 'unknown',
    field: 'file',
    name: 'photo.jpg',
    mime: 'image/jpeg',
    kept: true,
    fresh: true,
  },
  'http.request': { method: 'GET', target: '/', version: '1.1', headers: [], body: '', status: 200 },
  'smb.command': { name: 'echo', status: 'STATUS_SUCCESS', bytes: 0 },
  'smb.login': {
    user: '',
    domain: '',
    workstation: '',
    nativeOs: '',
    nativeLanMan: '',
    accepted: true,
  },
  'wire.fault': { fault: 'not RESP', looksLike: 'unknown', sample: '' },
};

/** The acts of an example as events of one session, a second apart; a text when one of them is no act. */
export function exampleEvents(example: Example): Event[] | string {
  const events: Event[] = [];
  for (const [index, named] of example.acts.entries()) {
    const [entry, more] = Object.entries(named);
    if (entry === undefined || more !== undefined)
      return `act ${index + 1} has to be one type with its fields`;
    const [type, fields] = entry;
    const filled = { type, ...PLAIN[type as ActType], ...asBytes(fields ?? {}) };
    const act = Act.safeParse(
      type === 'redis.script' && !('sha1' in filled) ? { ...filled, sha1: sha1(filled) } : filled,
    );
    if (!act.success) return `act ${index + 1} is no ${type}: ${z.prettifyError(act.error)}`;
    const unknown = Object.keys(fields ?? {}).find((name) => !(name in act.data));
    if (unknown !== undefined) return `act ${index + 1}: ${type} has no field '${unknown}'`;
    events.push({
      id: `example-${index}`,
      time: index * 1_000,
      vantage: 'sensor',
      sensor: 'example',
      session: 'example',
      peer: { address: '198.51.100.7', port: 40_000 },
      act: act.data,
    });
  }
  return events;
}

/** YAML holds text, acts hold bytes; `!!binary` (base64) stands for bytes that are no text. */
function asBytes(fields: Record<string, unknown>): Record<string, unknown> {
  const bytes = (value: unknown): unknown => {
    if (typeof value === 'string') return bytesFromText(value);
    if (value instanceof Uint8Array) return bytesFromBuffer(value);
    return Array.isArray(value) ? value.map(bytes) : value;
  };
  return Object.fromEntries(Object.entries(fields).map(([name, value]) => [name, bytes(value)]));
}

function sha1(fields: object): string {
  const body = 'body' in fields && typeof fields.body === 'string' ? fields.body : '';
  return createHash('sha1').update(body, 'latin1').digest('hex');
}

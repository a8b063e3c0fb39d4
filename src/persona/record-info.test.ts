import { describe, expect, test } from 'vitest';
import { installationOf } from './installation.ts';
import { sectionsOf } from './record-info.ts';

const LINES = [
  '# Server',
  'redis_version:7.0.15',
  'os:Linux 9.9.9-own x86_64',
  'run_id:0123456789abcdef0123456789abcdef01234567',
  'executable:/opt/own/redis-server',
  'tcp_port:7777',
  '',
  '# Stats',
  'total_connections_received:4711',
  'instantaneous_input_kbps:12.34',
  '',
  '# Replication',
  'role:master',
  'connected_slaves:1',
  'slave0:ip=198.51.100.7,port=6379,state=online,offset=1,lag=0',
  '',
  '# Commandstats',
  'cmdstat_get:calls=1',
  '',
];
const EVERYTHING = LINES.join('\r\n');
const USUAL = LINES.slice(0, -3).join('\r\n');

describe('the sections of a recorded INFO', () => {
  const sections = sectionsOf(EVERYTHING, USUAL, 'redis', installationOf('12.2.0'));
  const fields = new Map(sections.flatMap((section) => section.fields));

  test('keep order and names, and know which are shown on demand only', () => {
    expect(sections.map(({ title, byDefault }) => [title, byDefault])).toEqual([
      ['Server', true],
      ['Stats', true],
      ['Replication', true],
      ['Commandstats', false],
    ]);
    expect([...fields.keys()].slice(0, 3)).toEqual(['redis_version', 'os', 'run_id']);
  });

  test('hold nothing of the recorded machine', () => {
    expect(fields.get('os')).toBe('Linux 6.1.0-32-amd64 x86_64');
    expect(fields.get('executable')).toBe('/usr/bin/redis-server');
    expect(fields.get('run_id')).toBe('');
    expect(fields.get('tcp_port')).toBe('6379');
  });

  test('count nothing that happened to it, and name no replica', () => {
    expect(fields.get('total_connections_received')).toBe('0');
    expect(fields.get('instantaneous_input_kbps')).toBe('0.00');
    expect(fields.get('connected_slaves')).toBe('0');
    expect(fields.has('slave0')).toBe(false);
    expect(fields.has('cmdstat_get')).toBe(false);
  });
});

import type { Probe } from './probe.ts';

const CONTAINERS = [
  'ACL',
  'CLIENT',
  'CLUSTER',
  'COMMAND',
  'COMMANDLOG',
  'CONFIG',
  'DEBUG',
  'FUNCTION',
  'LATENCY',
  'MEMORY',
  'MODULE',
  'OBJECT',
  'PUBSUB',
  'SCRIPT',
  'SLOWLOG',
  'XGROUP',
  'XINFO',
];

export const help: readonly Probe[] = [
  { name: 'HELP of every command that has it', steps: CONTAINERS.map((name) => `${name} HELP`) },
  { name: 'HELP in RESP3', steps: ['~HELLO 3', 'CONFIG HELP', 'XINFO help', 'OBJECT HELP x'] },
];

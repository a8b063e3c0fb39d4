import type { ByteString } from '../../../model/bytes.ts';
import { exposureOf } from '../../exposure.ts';
import type { ServerFacts } from '../../server-facts.ts';
import { settingCheck } from '../setting-check.ts';

/** Bytes of the hard and the soft limit of one class in `client-output-buffer-limit`; zero is none. */
function bufferLimits(value: ByteString, client: string): readonly number[] {
  const words = value.slice(0, 512).split(' ');
  const at = words.indexOf(client);
  return at < 0 ? [] : [Number(words[at + 1]), Number(words[at + 2])];
}

/** Clients of other hosts are let as far as the login. */
function meetsStrangers(facts: ServerFacts): boolean {
  const { boundBeyond, noPassword, open } = exposureOf(facts);
  return boundBeyond === true && (noPassword === false || open === true);
}

/** Reads: what one client, and all of them, may take of the memory of the host. */
export const memoryLimits = settingCheck({
  id: 'audit.misconfigured.memory-limits',
  axis: 'misconfigured',
  title: 'Memory and clients have limits',
  settings: [
    {
      setting: 'maxmemory',
      risky: (value) => value === '0',
      severity: 'info',
      title: 'Memory has no limit',
      why: 'A client that writes without end takes all memory of the host, and the kernel ends the process.',
      advice:
        'In redis.conf, about three quarters of what the host has for it: maxmemory 3gb\nAt once: redis-cli CONFIG SET maxmemory 3gb\nA cache needs maxmemory-policy allkeys-lru; with noeviction, the default, a full server refuses writes',
      attack: ['T1499'],
    },
    {
      setting: 'maxclients',
      risky: (value) => /^\d{1,9}$/.test(value) && Number(value) < 100,
      severity: 'low',
      title: 'Few clients can connect',
      why: 'A handful of idle connections locks everybody out, the operator too.',
      advice:
        'In redis.conf: maxclients 10000\nAt once: redis-cli CONFIG SET maxclients 10000\nLimitNOFILE of its systemd unit has to be above that',
      attack: ['T1499'],
    },
    {
      setting: 'client-output-buffer-limit',
      risky: (value) => bufferLimits(value, 'pubsub').every((limit) => limit === 0),
      severity: 'low',
      title: 'A slow subscriber may take any amount of memory',
      why: 'What is published to a client that does not read is kept for it. Without a limit one such client fills the host.',
      advice:
        'In redis.conf: client-output-buffer-limit pubsub 32mb 8mb 60\nAt once: redis-cli CONFIG SET client-output-buffer-limit "pubsub 32mb 8mb 60"',
      attack: ['T1499'],
    },
    {
      setting: 'client-query-buffer-limit',
      risky: (value) => /^\d{1,20}$/.test(value) && Number(value) > 2 ** 30,
      severity: 'low',
      title: 'One unfinished command may take more than a gigabyte',
      why: 'The default of 1 GB was raised. What a client sends before its command is whole is held in memory, before any login.',
      advice:
        'In redis.conf: client-query-buffer-limit 1gb\nAt once: redis-cli CONFIG SET client-query-buffer-limit 1gb',
      attack: ['T1499'],
    },
    {
      setting: 'proto-max-bulk-len',
      risky: (value) => /^\d{1,20}$/.test(value) && Number(value) > 536_870_912,
      severity: 'low',
      title: 'Values may be longer than 512 MB',
      why: 'Longer strings than the default allows have been the precondition of several integer overflows.',
      advice:
        'In redis.conf: proto-max-bulk-len 512mb\nAt once: redis-cli CONFIG SET proto-max-bulk-len 512mb',
      attack: ['T1499'],
    },
    {
      setting: 'maxmemory-clients',
      risky: (value, facts) => value === '0' && meetsStrangers(facts),
      severity: 'info',
      title: 'All clients together may take any amount of memory',
      why: 'Every connection has buffers of its own, also before any login.',
      advice: 'In redis.conf: maxmemory-clients 10%\nAt once: redis-cli CONFIG SET maxmemory-clients 10%',
      attack: ['T1499'],
    },
    {
      setting: 'timeout',
      risky: (value, facts) => value === '0' && meetsStrangers(facts),
      severity: 'info',
      title: 'Idle clients are never closed',
      why: 'Whoever reaches the port can hold connections until maxclients is reached, without a login. Pools of applications open theirs anew.',
      advice: 'In redis.conf: timeout 3600\nAt once: redis-cli CONFIG SET timeout 3600',
      attack: ['T1499'],
    },
    {
      setting: 'tcp-keepalive',
      risky: (value) => value === '0',
      severity: 'info',
      title: 'Dead connections are never noticed',
      why: 'Clients whose host has gone keep their place until maxclients is reached.',
      advice: 'In redis.conf: tcp-keepalive 300\nAt once: redis-cli CONFIG SET tcp-keepalive 300',
      attack: ['T1499'],
    },
  ],
});

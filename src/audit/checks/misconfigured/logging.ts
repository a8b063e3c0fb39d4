import { settingCheck } from '../setting-check.ts';

/** Reads: whether an attack would be in a log afterwards. */
export const logging = settingCheck({
  id: 'audit.misconfigured.logging',
  axis: 'misconfigured',
  title: 'What happens is logged',
  settings: [
    {
      setting: 'logfile',
      risky: (value) => value === '/dev/null',
      severity: 'medium',
      title: 'Its log goes nowhere',
      why: 'Without a log nobody can tell afterwards when a master was set, a module loaded or a dump saved elsewhere.',
      advice:
        'In redis.conf (or syslog-enabled yes): logfile /var/log/redis/redis-server.log\nRestart Redis (logfile cannot be changed while it runs)',
      attack: ['T1562.001'],
    },
    {
      setting: 'loglevel',
      risky: (value) => value === 'warning' || value === 'nothing',
      severity: 'info',
      title: 'The log leaves out what an investigation needs',
      why: 'At this level connections, replication changes and saves are not written.',
      advice: 'In redis.conf: loglevel notice\nAt once: redis-cli CONFIG SET loglevel notice',
      attack: ['T1562.001'],
    },
    {
      setting: 'slowlog-log-slower-than',
      risky: (value) => value === '-1',
      severity: 'low',
      title: 'The slow log is off',
      why: 'It keeps the arguments of slow commands: often the only trace of what an attacker typed.',
      advice:
        'In redis.conf: slowlog-log-slower-than 10000\nAt once: redis-cli CONFIG SET slowlog-log-slower-than 10000',
      attack: ['T1562.001'],
    },
    {
      setting: 'slowlog-max-len',
      risky: (value) => value === '0',
      severity: 'low',
      title: 'The slow log keeps nothing',
      why: 'It keeps the arguments of slow commands: often the only trace of what an attacker typed.',
      advice: 'In redis.conf: slowlog-max-len 128\nAt once: redis-cli CONFIG SET slowlog-max-len 128',
      attack: ['T1562.001'],
    },
    {
      setting: 'acllog-max-len',
      risky: (value) => value === '0',
      severity: 'low',
      title: 'Refused logins and commands are not kept',
      why: 'ACL LOG is where failed logins stand with the address they came from.',
      advice: 'In redis.conf: acllog-max-len 128\nAt once: redis-cli CONFIG SET acllog-max-len 128',
      attack: ['T1562.001'],
    },
  ],
});

import { RESTART, settingCheck } from '../setting-check.ts';

/** Reads: CONFIG GET unixsocket and unixsocketperm. Decimal 0 is "as the umask says". */
export const unixSocket = settingCheck({
  id: 'audit.misconfigured.unix-socket',
  axis: 'misconfigured',
  title: 'The Unix socket is for the group of the applications only',
  settings: [
    {
      setting: 'unixsocketperm',
      risky: (value, { settings }) =>
        (settings?.get('unixsocket') ?? '') !== '' && /^0?[0-7]{2}[2367]$/.test(value),
      severity: 'medium',
      title: 'Every local user may use the Unix socket',
      why: 'The socket passes by bind and protected mode.',
      advice: `In redis.conf: unixsocketperm 770\nPut the users of the applications into the group redis: usermod -aG redis USER\n${RESTART}`,
      attack: ['T1068'],
    },
    {
      setting: 'unixsocket',
      risky: (value) => /^\/(tmp|var\/tmp|dev\/shm)\//.test(value.slice(0, 64)),
      severity: 'low',
      title: 'The Unix socket lies where everybody may write',
      why: 'While Redis is stopped, any local user can put a socket of their own there and be sent passwords.',
      advice: `In redis.conf, in a folder that belongs to redis: unixsocket /run/redis/redis-server.sock\n${RESTART}, and give the applications the new path`,
      attack: ['T1557'],
    },
  ],
});

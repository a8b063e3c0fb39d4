import { settingCheck } from '../setting-check.ts';

/** Reads: CONFIG GET dir and stop-writes-on-bgsave-error. Folders that attacks use are judged by the infection rules as well. */
export const dataFolder = settingCheck({
  id: 'audit.misconfigured.data-folder',
  axis: 'misconfigured',
  title: 'The data goes to a folder of its own',
  settings: [
    {
      setting: 'dir',
      risky: (value) => value === '/' || /^\/(tmp|var\/tmp|dev\/shm|proc|etc)(\/|$)/.test(value.slice(0, 64)),
      severity: 'low',
      title: 'The dump goes to a folder that is no data folder',
      why: 'Files there are removed at boot, or other users may write beside them. Attackers leave such a dir behind, too.',
      advice:
        'Make a folder for it alone, owned by the user of Redis, mode 0750, such as /var/lib/redis\nStop Redis, and move its files there: a restart without them begins with an empty data set\nIn redis.conf: dir /var/lib/redis\nStart Redis, and compare the number of keys',
      attack: ['T1565.001'],
    },
    {
      setting: 'stop-writes-on-bgsave-error',
      risky: (value, { settings }) => value === 'no' && (settings?.get('save') ?? '') !== '',
      severity: 'info',
      title: 'Writes go on when the dump cannot be saved',
      why: 'Some operators want this; attackers set it so that their failing SAVE is not noticed.',
      advice: 'Unless you want it so, in redis.conf: stop-writes-on-bgsave-error yes',
      attack: ['T1562.001'],
    },
  ],
});

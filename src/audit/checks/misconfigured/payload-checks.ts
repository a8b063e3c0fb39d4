import { settingCheck } from '../setting-check.ts';

/** Reads: how carefully data from outside is taken in, and what new users may listen to. */
export const payloadChecks = settingCheck({
  id: 'audit.misconfigured.payload-checks',
  axis: 'misconfigured',
  title: 'Payloads from clients are checked, and new users start without channels',
  settings: [
    {
      setting: 'sanitize-dump-payload',
      risky: (value, { permitted }) => value === 'no' && permitted?.has('restore') !== false,
      severity: 'info',
      title: 'RESTORE takes payloads without a deep check',
      why: 'A crafted payload is what most of the memory faults of RESTORE need. The default is no, for speed.',
      advice:
        'In redis.conf: sanitize-dump-payload clients\nAt once: redis-cli CONFIG SET sanitize-dump-payload clients\nOr take RESTORE from those who do not need it: redis-cli ACL SETUSER USER -restore',
    },
    {
      setting: 'acl-pubsub-default',
      risky: (value) => value === 'allchannels',
      severity: 'low',
      title: 'New users may listen to every channel',
      why: 'A user that is made for one application hears what all others publish. Redis 7 changed the default for that.',
      advice:
        'In redis.conf: acl-pubsub-default resetchannels\nThen for each user that needs one: redis-cli ACL SETUSER USER resetchannels "&CHANNEL"',
      attack: ['T1040'],
    },
  ],
});

import { settingCheck } from '../setting-check.ts';

/** Reads: what a replica lets clients do, and whether a lone master goes on writing. */
export const replicaHygiene = settingCheck({
  id: 'audit.misconfigured.replica-hygiene',
  axis: 'misconfigured',
  title: 'Replicas only follow their master',
  settings: [
    {
      setting: 'replica-read-only',
      risky: (value, { info, subject }) =>
        value === 'no' && (info?.get('role') === 'slave' || subject.kind === 'config'),
      severity: 'medium',
      title: 'A replica accepts writes',
      why: 'What is written to it is lost or differs from the master; attackers switch this on before they write.',
      advice: 'In redis.conf: replica-read-only yes\nAt once: redis-cli CONFIG SET replica-read-only yes',
      attack: ['T1565.001'],
    },
    {
      setting: 'replica-serve-stale-data',
      risky: (value, { info }) =>
        value === 'yes' && info?.get('role') === 'slave' && info.get('master_link_status') === 'down',
      severity: 'low',
      title: 'It answers with old data while its master is gone',
      why: 'Sessions that were ended and rights that were taken away on the master still hold here.',
      advice:
        'See why the link is down: redis-cli INFO replication\nWhere old answers do harm, in redis.conf: replica-serve-stale-data no',
      attack: ['T1565.001'],
    },
    {
      setting: 'min-replicas-to-write',
      risky: (value, { info }) =>
        value === '0' && info?.get('role') === 'master' && Number(info.get('connected_slaves')) > 0,
      severity: 'info',
      title: 'A master without replicas goes on accepting writes',
      why: 'After a split network both halves accept writes, and one half of them is thrown away.',
      advice:
        'In redis.conf:\nmin-replicas-to-write 1\nmin-replicas-max-lag 10\nAt once, when a replica is always there, for without one it then refuses writes: redis-cli CONFIG SET min-replicas-to-write 1',
      attack: ['T1565.001'],
    },
  ],
});

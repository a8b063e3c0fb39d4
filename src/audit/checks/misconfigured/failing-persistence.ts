import type { Check, FindingDraft } from '../../check.ts';

/** Reads: INFO persistence. A save that fails is a full disk, or an attacker's dir that Redis may not write to. */
export const failingPersistence: Check = {
  id: 'audit.misconfigured.persistence',
  axis: 'misconfigured',
  title: 'The data set can be saved',
  reads: ['INFO persistence'],
  depth: 'L1',
  run: ({ facts: { info } }) => ({
    findings: [
      ...(info?.get('rdb_last_bgsave_status') === 'err' ? [failing('rdb_last_bgsave_status')] : []),
      ...(info?.get('aof_last_write_status') === 'err' ? [failing('aof_last_write_status')] : []),
    ],
  }),
};

function failing(field: string): FindingDraft {
  return {
    rule: `audit.misconfigured.${field.replaceAll('_', '-')}`,
    title: 'The last attempt to save the data failed',
    severity: 'medium',
    stage: 'impact',
    attack: ['T1565.001'],
    why: 'After a restart the data since the last good save is gone. A dir that was changed from outside fails like this as well.',
    advice:
      'See where it writes, and in its log why that fails: redis-cli CONFIG GET dir\nWhen dir is not yours, treat the server as attacked, and do not save\nElse make room or mend the rights, and save: redis-cli BGSAVE',
    evidence: [{ event: 'INFO persistence', field, excerpt: 'err' }],
  };
}

import { describe, expect, test } from 'vitest';
import { parseInfo } from '../../redis/info.ts';
import { replicaRemarks, replicasOf } from './replica-remarks.ts';

const info = (...lines: readonly string[]) => parseInfo(lines.join('\r\n'));

describe('replicas of a primary', () => {
  test('are those that are online', () => {
    const replicas = replicasOf(
      info(
        'role:master',
        'slave0:ip=192.0.2.8,port=6380,state=wait_bgsave,offset=1,lag=0',
        'slave1:ip=192.0.2.9,port=6381,state=online,offset=1,lag=0',
      ),
    );

    expect(replicas).toEqual([{ host: '192.0.2.9', port: 6_381 }]);
  });

  test('are named with the way to ask them', () => {
    const known = info('role:master', 'slave0:ip=2001:db8::9,port=6381,state=online,offset=1,lag=0');

    expect(replicaRemarks(known, true).join()).toContain('sundew audit rediss://[2001:db8::9]:6381');
  });

  test.for([
    ['role:slave', 'slave0:ip=192.0.2.9,port=6381,state=online'],
    ['role:master'],
    ['role:master', 'slave0:ip=$(id),port=6381,state=online'],
    ['role:master', 'slave0:ip=192.0.2.9,port=99999,state=online'],
    ['role:master', 'slave0:hello'],
  ])('are none in %j', (lines) => {
    expect(replicaRemarks(info(...lines), false)).toEqual([]);
  });
});

import { describe, expect, test } from 'vitest';
import { splitAdvice } from './split-advice.ts';

describe('advice, taken apart', () => {
  test('has every command on a line of its own', () => {
    const advice =
      'Keep evidence: redis-cli INFO all ; redis-cli ACL LOG ; and a copy of the data: redis-cli --rdb evidence.rdb';

    expect(splitAdvice(advice)).toEqual([
      {
        text: 'Keep evidence:',
        lines: ['redis-cli INFO all', 'redis-cli ACL LOG', 'redis-cli --rdb evidence.rdb'],
      },
    ]);
  });

  test('puts what is said behind a command before it, and what comes after into the next step', () => {
    const advice =
      'Save it: redis-cli CONFIG REWRITE (with an aclfile: ACL SAVE)\nUpgrade\napt-get install redis-server, then restart it';

    expect(splitAdvice(advice)).toEqual([
      { text: 'Save it (with an aclfile: ACL SAVE):', lines: ['redis-cli CONFIG REWRITE'] },
      { text: 'Upgrade', lines: ['apt-get install redis-server'] },
      { text: 'Then restart it', lines: [] },
    ]);
  });

  test('has the lines of a file below its name, those of a unit too', () => {
    const advice = 'In redis.conf (all nodes):\nport 0\ntls-port 6379\nIn its unit:\nUser=redis\nRestart it';

    expect(splitAdvice(advice)).toEqual([
      { text: 'In redis.conf (all nodes):', lines: ['port 0', 'tls-port 6379'] },
      { text: 'In its unit:', lines: ['User=redis'] },
      { text: 'Restart it', lines: [] },
    ]);
  });

  test('says the same words once for several commands', () => {
    const advice = 'Until then: redis-cli ACL SETUSER a -eval\nUntil then: redis-cli ACL SETUSER b -eval';

    expect(splitAdvice(advice)).toEqual([
      { text: 'Until then:', lines: ['redis-cli ACL SETUSER a -eval', 'redis-cli ACL SETUSER b -eval'] },
    ]);
  });

  test('leaves plain words as they are', () => {
    expect(splitAdvice('Look at it, then decide (or ask: somebody)')).toEqual([
      { text: 'Look at it, then decide (or ask: somebody)', lines: [] },
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import type { DumpFile } from '../../offline/dump-file.ts';
import { exampleFacts, exampleView } from '../../testing/example-view.ts';
import { dumpHealth } from './dump-health.ts';

function rulesFor(change: Partial<DumpFile>): string[] {
  const file: DumpFile = {
    path: '/data/dump.rdb',
    kind: 'rdb',
    size: 100,
    mode: 0o640,
    reachable: true,
    ...change,
  };
  const { findings } = dumpHealth.run(exampleView({ facts: exampleFacts({ files: [file] }) }));
  return findings.map(({ rule }) => rule.replace('audit.misconfigured.', ''));
}

const damage = { message: 'an unknown type of value, 99', offset: 50, truncated: false };

describe('the files of the data', () => {
  test.for([
    ['closed and whole', { checksum: 'right', format: 'RDB 11' }, []],
    ['open to read', { mode: 0o644 }, ['dump-readable']],
    ['open to read in a closed folder', { mode: 0o644, reachable: false }, []],
    ['open to write', { mode: 0o666 }, ['dump-writable', 'dump-readable']],
    ['with a wrong checksum', { checksum: 'wrong' }, ['dump-checksum']],
    ['without one', { checksum: 'none', format: 'RDB 9' }, ['rdbchecksum']],
    ['older than checksums', { checksum: 'none', format: 'RDB 3' }, []],
    ['damaged', { damage, unread: 50 }, ['dump-damaged']],
    ['a log that is cut', { kind: 'aof', damage: { ...damage, truncated: true } }, []],
    ['a configuration with bad lines', { kind: 'config', badLines: [3] }, ['bad-lines']],
  ] as const)('%s', ([, change, rules]) => {
    expect(rulesFor(change)).toEqual(rules);
  });

  test('say how much was not read', () => {
    const file: DumpFile = { path: 'x', kind: 'rdb', size: 100, mode: undefined, damage, unread: 50 };

    const { remarks } = dumpHealth.run(exampleView({ facts: exampleFacts({ files: [file] }) }));

    expect(remarks).toEqual(['x: 50 bytes behind byte 50 were not read']);
  });

  test('are no question for a server', () => {
    expect(dumpHealth.run(exampleView()).moot).toContain('a server was asked');
  });
});

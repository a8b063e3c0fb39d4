import { describe, expect, test } from 'vitest';
import type { ByteString } from '../../model/bytes.ts';
import type { Reply } from '../../wire/reply.ts';
import { bulkReply, fakeConnection } from '../testing/fake-connection.ts';
import { expiryNote, footprint } from './footprint.ts';
import type { Witness } from './witness.ts';
import { witnessed } from './witness.ts';

const BEFORE = [
  'role:master',
  'total_commands_processed:10',
  'keyspace_hits:5',
  'expired_keys:1',
  'rdb_changes_since_last_save:0',
  'rdb_last_save_time:1700000000',
  'cmdstat_type:calls=3,usec=1',
  'db0:keys=7,expires=0',
];

/** Between two looks at INFO, `commands` are asked. */
async function between(
  after: readonly string[],
  commands: readonly (readonly ByteString[])[],
  answer: (argv: readonly ByteString[]) => Reply,
): Promise<Witness> {
  let infos = 0;
  const witness = witnessed(
    fakeConnection((argv) =>
      argv[0] === 'INFO' ? bulkReply((infos++ === 0 ? BEFORE : after).join('\r\n')) : answer(argv),
    ),
  );
  await witness.ask([['PING'], ['INFO', 'all']]);
  await witness.ask(commands);
  await witness.lookAgain();
  return witness;
}

function changed(...lines: string[]): string[] {
  const names = new Set(lines.map((line) => line.split(':', 1)[0]));
  return [...BEFORE.filter((line) => !names.has(line.split(':', 1)[0])), ...lines];
}

describe('a footprint', () => {
  test('counts the calls between the two looks, and the first look itself', async () => {
    const after = changed('cmdstat_type:calls=5,usec=9', 'cmdstat_info:calls=1,usec=9', 'keyspace_hits:6');

    const { counters } = footprint(
      await between(
        after,
        [
          ['TYPE', 'a'],
          ['TYPE', 'b'],
        ],
        (argv) => ({ kind: 'simple', text: argv[1] === 'a' ? 'string' : 'none' }),
      ),
    );

    expect(counters).toEqual([
      { name: 'keyspace_hits', before: 5, after: 6, ours: 1 },
      { name: 'cmdstat_type', before: 3, after: 5, ours: 2 },
      { name: 'cmdstat_info', before: 0, after: 1, ours: 1 },
    ]);
  });

  test('counts what was refused as an error, not as a call', async () => {
    const after = changed('errorstat_NOPERM:count=1', 'total_commands_processed:11');

    const { counters } = footprint(
      await between(after, [['MODULE', 'LIST']], () => ({
        kind: 'error',
        text: 'NOPERM this user has no rights',
      })),
    );

    expect(counters).toEqual([
      { name: 'total_commands_processed', before: 10, after: 11, ours: 1 },
      { name: 'errorstat_NOPERM', before: 0, after: 1, ours: 1 },
    ]);
  });

  test.for([
    ['a key is gone', 'db0:keys=6,expires=0'],
    ['there is a new database', 'db4:keys=1,expires=0'],
    ['somebody wrote', 'rdb_changes_since_last_save:1'],
    ['somebody saved', 'rdb_last_save_time:1700000009'],
  ] as const)('says that the data changed when %s', async ([, line]) => {
    const witness = await between(changed(line), [], () => ({ kind: 'null' }));

    expect(footprint(witness).dataUnchanged).toBe(false);
  });

  test('says that the data did not change', async () => {
    const witness = await between(changed('keyspace_hits:99'), [], () => ({ kind: 'null' }));

    expect(footprint(witness).dataUnchanged).toBe(true);
  });

  test('says nothing of the data where INFO is not visible', async () => {
    const witness = witnessed(fakeConnection(() => ({ kind: 'error', text: 'NOPERM no' })));

    await witness.ask([['INFO', 'all']]);
    await witness.lookAgain();

    expect(footprint(witness)).toMatchObject({ counters: [] });
    expect(footprint(witness)).not.toHaveProperty('dataUnchanged');
  });

  test('says of a primary that keys past their time were removed', async () => {
    const witness = await between(changed('expired_keys:4'), [], () => ({ kind: 'null' }));

    expect(expiryNote(footprint(witness), witness.before)).toContain('3 keys past their time to live');
    expect(expiryNote(footprint(witness), new Map([['role', 'slave']]))).toBeUndefined();
  });
});

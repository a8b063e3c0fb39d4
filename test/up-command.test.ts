import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { temporaryData } from './peers/data-folder.ts';
import { redisCli } from './peers/redis-cli.ts';
import { startSensor } from './peers/running-sensor.ts';
import { startSundew, sundew } from './peers/sundew.ts';

async function takenPort(): Promise<number> {
  const server = createServer((socket) => socket.destroy());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', () => resolve()));
  onTestFinished(() => void server.close());
  return (server.address() as AddressInfo).port;
}

describe('sundew up', () => {
  test('says in five lines what runs, where the data is, how to try it and how to expose it', async () => {
    const data = temporaryData();
    const { running, port } = await startSensor(data);

    const lines = running.out().trimEnd().split('\n');

    expect(lines).toHaveLength(5);
    expect(running.out()).toContain(data.SUNDEW_DATA);
    expect(running.out()).toContain(`redis-cli -p ${port}`);
    expect(running.out()).toContain('--redis 0.0.0.0:6379');
    expect(await redisCli(port, ['ping'])).toBe('PONG\n');
  });

  test('refuses a port that was asked for and is taken, names it and loses nothing', async () => {
    const data = temporaryData();
    const port = await takenPort();

    const { code, err } = await sundew(['up', '--redis', `127.0.0.1:${port}`, '--no-dashboard'], data);

    expect(code).toBe(2);
    expect(err).toContain(`127.0.0.1:${port}`);
    expect(err).toContain('another port');
  });

  test.for(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)(
    'ends cleanly on %s, also when it comes twice',
    async (signal) => {
      const data = temporaryData();
      const { running } = await startSensor(data);

      running.process.kill(signal);
      const { code } = await running.stop(signal);

      expect(code).toBe(0);
      expect(readdirSync(join(data.SUNDEW_DATA, 'journal'))).not.toContain('writer.lock');
    },
  );

  test('keeps the dashboard on loopback, and says how to reach it from elsewhere', async () => {
    const { code, err } = await sundew(
      ['up', '--redis', '127.0.0.1:0', '--dashboard', '0.0.0.0:0'],
      temporaryData(),
    );

    expect(code).toBe(2);
    expect(err).toContain('ssh -L');
  });

  test('refuses a second sundew on the same data folder', async () => {
    const data = temporaryData();
    const { running } = await startSensor(data);

    const { code, err } = await sundew(['up', '--redis', '127.0.0.1:0', '--no-dashboard'], data);

    expect(code).toBe(2);
    expect(err).toContain(String(running.process.pid));
  });

  test('refuses a data folder that is no folder, with a remedy', async () => {
    const data = temporaryData();
    const file = join(data.SUNDEW_DATA, 'file');
    writeFileSync(file, '');

    const { code, err } = await sundew(['up', '--data', file, '--redis', '127.0.0.1:0'], data);

    expect(code).toBe(2);
    expect(err).toContain(file);
  });

  test('refuses a data folder where none can be made', async () => {
    const { code, err } = await sundew(['up', '--data', '/proc/sundew', '--no-dashboard'], temporaryData());

    expect(code).toBe(2);
    expect(err).toContain('/proc/sundew');
  });

  test.skipIf(process.getuid?.() === 0)('refuses a data folder it may not write', async () => {
    const data = temporaryData();
    const folder = join(data.SUNDEW_DATA, 'locked');
    mkdirSync(folder);
    chmodSync(folder, 0o500);

    const { code, err } = await sundew(['up', '--data', folder, '--redis', '127.0.0.1:0'], data);

    expect(code).toBe(2);
    expect(err).toContain(folder);
  });

  test('refuses a rule file with an unknown field, names file, line and field', async () => {
    const data = temporaryData();
    const rule = join(data.SUNDEW_DATA, 'mine.yaml');
    writeFileSync(rule, 'id: mine.rule\ntitel: A rule with a typing error\n');

    const { code, err } = await sundew(['up', '--rules', rule], data);
    const checked = await sundew(['rules', 'check', rule], data);

    expect(code).toBe(2);
    expect(err).toMatch(/mine\.yaml: line 2 .*'titel'/);
    expect(checked.code).toBe(1);
    expect(checked.err).toMatch(/mine\.yaml: line 2 .*'titel'/);
  });

  test('keeps all that was acknowledged when it is killed, and goes on with it', async () => {
    const data = temporaryData();
    const { running, port } = await startSensor(data);
    const follower = startSundew(['events', '--follow', '--ndjson'], data);
    onTestFinished(async () => {
      await follower.stop('SIGKILL');
    });
    await redisCli(port, ['set', 'before', 'the kill']);
    await follower.says(/"before"/);

    await running.stop('SIGKILL');
    const again = await startSensor(data);
    await redisCli(again.port, ['set', 'after', 'the kill']);
    await follower.says(/"after"/);
    await again.running.stop();

    const { out, err } = await sundew(['events', '--type', 'redis.value'], data);
    expect(out).toMatch(/before[\s\S]*after/);
    expect(err).toBe('');
  });
});

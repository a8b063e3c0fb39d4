import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import { loadPersona, personaNames } from '../src/emulator/persona.ts';
import { temporaryData } from './peers/data-folder.ts';
import { startReal } from './peers/real-servers.ts';
import { redisCli } from './peers/redis-cli.ts';
import { startSensor } from './peers/running-sensor.ts';
import { sundew } from './peers/sundew.ts';

function folder(): string {
  const path = mkdtempSync(join(tmpdir(), 'sundew-persona-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

describe('sundew persona', () => {
  test('lists the shipped ones, as a table and as JSON', async () => {
    const table = await sundew(['persona', 'list'], temporaryData());
    const json = await sundew(['persona', 'list', '--json'], temporaryData());

    for (const name of personaNames()) expect(table.out).toContain(name);
    expect(JSON.parse(json.out)).toMatchObject(personaNames().map((name) => ({ name })));
  });

  test('shows one', async () => {
    const { out, code } = await sundew(['persona', 'show', 'valkey-8.1.1-debian-13'], temporaryData());

    expect(code).toBe(0);
    expect(out).toContain('valkey 8.1.1');
    expect(out).toContain('enable-debug-command yes');
  });

  test('checks a file, and fails on one that tells of its machine', async () => {
    const [clean, telling] = ['clean.json', 'telling.json'].map((name) => join(folder(), name));
    const persona = loadPersona();
    writeFileSync(clean ?? '', JSON.stringify(persona));
    writeFileSync(
      telling ?? '',
      JSON.stringify({ ...persona, config: { ...persona.config, dir: '/home/own' } }),
    );

    const fine = await sundew(['persona', 'check', clean ?? ''], temporaryData());
    const found = await sundew(['persona', 'check', telling ?? ''], temporaryData());

    expect(fine.code).toBe(0);
    expect(found.code).toBe(1);
    expect(found.err).toContain('setting dir: /home/own');
  });

  test('complains about a name that there is not and a file that is damaged', async () => {
    const damaged = join(folder(), 'damaged.json');
    writeFileSync(damaged, '{"format": 2');

    const unknown = await sundew(['persona', 'show', 'redis-1.0'], temporaryData());
    const broken = await sundew(['persona', 'check', damaged], temporaryData());

    expect(unknown.code).toBe(2);
    expect(unknown.err).toContain('redis-7.0.15-debian-12');
    expect(broken.code).toBe(2);
    expect(broken.err).toContain('no JSON');
  });

  test('records a server into a file, and overwrites none unless it is told to', async () => {
    const out = join(folder(), 'deep', 'mine.json');
    const server = await startReal('redis-7.0.15');
    onTestFinished(() => server.stop());
    const words = ['persona', 'record', `redis://127.0.0.1:${server.port}`, '--out', out];

    const first = await sundew(words, temporaryData());
    const text = readFileSync(out, 'utf8');
    const second = await sundew(words, temporaryData());
    const forced = await sundew([...words, '--force', '--probe-settings'], temporaryData());

    expect(first.out).toBe(`${out}\n`);
    expect(first.err).toContain('nothing is changed there');
    expect(JSON.parse(text)).toMatchObject({ format: 2, name: 'mine', version: '7.0.15' });
    expect(second.code).toBe(2);
    expect(second.err).toContain('--force');
    expect(forced.code).toBe(0);
    expect(loadPersona(out).settings['timeout']).toEqual({ least: 0, most: 2147483647, memory: false });
  });

  test('writes nothing when there is nothing to record', async () => {
    const out = join(folder(), 'none.json');

    const { code, err } = await sundew(
      ['persona', 'record', 'redis://127.0.0.1:1', '--out', out],
      temporaryData(),
    );

    expect(code).toBe(2);
    expect(err).toContain('cannot be reached');
    expect(existsSync(out)).toBe(false);
  });

  test('is played by sundew up, by name or from a file', async () => {
    const file = join(folder(), 'own.json');
    writeFileSync(file, JSON.stringify({ ...loadPersona('redis-8.0.2-debian-13'), name: 'own' }));

    const named = await startSensor(temporaryData(), '--persona', 'valkey-8.1.1-debian-13');
    const own = await startSensor(temporaryData(), '--persona', file);
    const refused = await sundew(['up', '--persona', 'redis-1.0'], temporaryData());

    expect(await redisCli(named.port, ['info', 'server'])).toContain('valkey_version:8.1.1');
    expect(await redisCli(own.port, ['info', 'server'])).toContain('redis_version:8.0.2');
    expect(refused.code).toBe(2);
    expect(refused.err).toContain("'redis-1.0'");
  });
});

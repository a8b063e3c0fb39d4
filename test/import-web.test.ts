import { appendFileSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { WEB_FORMATS } from '../src/imports/web/web-format.ts';
import { readJournal } from '../src/journal/reader.ts';
import { WEB_LINES } from './imports/web-lines.ts';
import { temporaryData } from './peers/data-folder.ts';
import { startSundew, sundew } from './peers/sundew.ts';

const line = (target: string): string =>
  `10.0.0.1 - - [10/Oct/2023:13:55:36 +0000] "GET ${target} HTTP/1.1" 404 153 "-" "curl/8" "203.0.113.9"\n`;

/** Who asked for what, as far as it is in the journal of a folder. */
async function targets(data: { SUNDEW_DATA: string }): Promise<readonly string[]> {
  const found: string[] = [];
  for await (const events of readJournal(join(data.SUNDEW_DATA, 'journal'), {}, () => undefined)) {
    for (const { act, peer } of events)
      if (act.type === 'http.request') found.push(`${peer.address} ${act.target}`);
  }
  return found;
}

/** Waits until the journal of a folder has it. */
async function until(data: { SUNDEW_DATA: string }, target: string): Promise<void> {
  for (let waited = 0; waited < 60_000; waited += 50) {
    if ((await targets(data).catch(() => [])).some((one) => one.endsWith(target))) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  throw new Error(`${target} never came`);
}

describe('sundew import of web logs', () => {
  test('tells each format by its first lines, packed or not, and finds requests in it', async () => {
    const data = temporaryData();
    const files = WEB_FORMATS.map((format) => {
      const path = join(data.SUNDEW_DATA, `${format}.log.gz`);
      writeFileSync(path, gzipSync(WEB_LINES[format]));
      return path;
    });

    const { code, out, err } = await sundew(['import', ...files, '--json'], data);
    const told = JSON.parse(out) as { files: { format: string; acts: Record<string, number> }[] };

    expect({ code, err }).toEqual({ code: 0, err: '' });
    expect(told.files.map(({ format }) => format)).toEqual([...WEB_FORMATS]);
    expect(told.files.map(({ acts }) => acts['http.request'])).toEqual([3, 2, 2, 1, 2, 2]);
    expect(await targets(data)).toContain('198.51.100.7 /cgi-bin/.%2e/bin/sh');
  }, 120_000);

  test('believes a proxy only when it is told to', async () => {
    const [careful, trusting] = [temporaryData(), temporaryData()];
    const path = join(careful.SUNDEW_DATA, 'a.log');
    writeFileSync(path, line('/a'));

    await sundew(['import', path], careful);
    await sundew(['import', path, '--trusted-proxy', '10.0.0.0/8', '--trusted-proxy', '::1'], trusting);
    const wrong = await sundew(['import', path, '--trusted-proxy', 'nginx'], careful);

    expect(await targets(careful)).toEqual(['10.0.0.1 /a']);
    expect(await targets(trusting)).toEqual(['203.0.113.9 /a']);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('It has to be an address or a range');
  }, 120_000);
});

describe('sundew import --follow', () => {
  test('goes on with what is appended, through rotation by renaming and by cutting off', async () => {
    const data = temporaryData();
    const path = join(data.SUNDEW_DATA, 'access.log');
    writeFileSync(path, line('/first'));
    const running = startSundew(['import', path, '--follow'], data);

    await until(data, '/first');
    const half = line('/half');
    appendFileSync(path, `${line('/second')}${half.slice(0, 40)}`);
    await until(data, '/second');
    appendFileSync(path, half.slice(40));
    renameSync(path, `${path}.1`);
    appendFileSync(`${path}.1`, line('/late'));
    writeFileSync(path, `${line('/renamed')}${line('/renamed-too')}`);
    await until(data, '/renamed-too');
    writeFileSync(path, line('/cut'));
    await until(data, '/cut');
    const { code, out, err } = await running.stop('SIGINT');

    expect({ code, err }).toEqual({
      code: 0,
      err: `sundew: follows ${path} as combined; Ctrl-C ends it.\n`,
    });
    expect(out).toContain('combined, 7 lines');
    expect((await targets(data)).map((one) => one.split(' ')[1])).toEqual([
      '/first',
      '/second',
      '/half',
      '/late',
      '/renamed',
      '/renamed-too',
      '/cut',
    ]);
  }, 120_000);

  test('begins where it was left, also behind the columns of IIS, and not again what was imported', async () => {
    const data = temporaryData();
    const path = join(data.SUNDEW_DATA, 'u_ex.log');
    writeFileSync(path, WEB_LINES.iis);
    await sundew(['import', path], data);
    appendFileSync(path, '2023-10-10 13:55:39 192.0.2.77 GET /later - 10.0.0.5 80 - 200\r\n');

    const running = startSundew(['import', path, '--follow'], data);
    await until(data, '/later');
    const { out, err } = await running.stop('SIGINT');
    const again = await sundew(['import', path], data);

    expect(err).toContain('from where it was left');
    expect(out).toContain('1 sessions, 3 events');
    expect(await targets(data)).toEqual(['198.51.100.7 /a?x=1', '2001:db8::7 /', '192.0.2.77 /later']);
    expect(again.err).toContain('was imported');
    expect(readFileSync(join(data.SUNDEW_DATA, 'imported.json'), 'utf8').match(/sha256/g)).toHaveLength(1);
  }, 120_000);

  test('refuses what it cannot follow', async () => {
    const data = temporaryData();
    const path = join(data.SUNDEW_DATA, 'a.gz');
    writeFileSync(path, gzipSync(line('/a')));

    const [packed, two, input, capture] = await Promise.all([
      sundew(['import', path, '--follow'], data),
      sundew(['import', path, path, '--follow'], data),
      sundew(['import', '-', '--follow'], data),
      sundew(['import', path, '--follow', '--format', 'pcap'], data),
    ]);

    expect([packed.code, two.code, input.code, capture.code]).toEqual([2, 2, 2, 2]);
    expect(packed.err).toContain('is packed');
    expect(two.err).toContain('Only one file can be followed');
    expect(capture.err).toContain('cannot be followed');
  }, 120_000);
});

import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { RealRelease } from './peers/real-servers.ts';
import { RELEASES, realServer, startReal } from './peers/real-servers.ts';

describe('real servers for tests', () => {
  test.for(Object.keys(RELEASES) as RealRelease[])('%s runs and is that version', async (release) => {
    const [name, version] = release.split('-');
    const server = await startReal(release, '--requirepass', 'secret');
    onTestFinished(() => server.stop());

    const info = await server.client.info('server');

    expect(info).toContain(`\r\n${name}_version:${version}\r\n`);
  });

  test('say what is missing when Debian cannot be reached, and leave nothing half done', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'sundew-peers-'));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const before = process.env['http_proxy'];
    process.env['http_proxy'] = 'http://127.0.0.1:1';

    const attempt = realServer('valkey-8.1.1', folder).finally(() => {
      if (before === undefined) delete process.env['http_proxy'];
      else process.env['http_proxy'] = before;
    });

    await expect(attempt).rejects.toThrow(/could not be unpacked.*apt-get.*deb\.debian\.org/s);
    expect(readdirSync(folder)).toEqual([]);
  });
});

import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, test } from 'vitest';
import { temporaryData } from './peers/data-folder.ts';
import { startSensor } from './peers/running-sensor.ts';
import { sundew } from './peers/sundew.ts';

const run = promisify(execFile);
const SHELL = '<?php system($_GET["x"]); ?>';
const SHA256 = createHash('sha256').update(SHELL).digest('hex');

// Each starts the program once or more, which takes its time on a busy machine.
describe('sundew up --http', { timeout: 120_000 }, () => {
  test('says where it listens; what is handed in is listed as a capture, and asked for in events', async () => {
    const data = temporaryData();
    const { running } = await startSensor(data, '--http', '127.0.0.1:0', '--https', '127.0.0.1:0');
    const [, plain = '', tls = ''] = await running.says(
      /HTTP sensor\s+127\.0\.0\.1:(\d+), 127\.0\.0\.1:(\d+)/,
    );

    const path = join(data.SUNDEW_DATA, 'shell');
    writeFileSync(path, SHELL);
    const file = `file=@${path};filename=x.php`;
    const { stdout } = await run('curl', ['-s', '-F', file, `http://127.0.0.1:${plain}/upload`]);
    const head = await run('curl', ['-skI', `https://127.0.0.1:${tls}/`]);

    expect(stdout).toContain('has been uploaded');
    expect(head.stdout).toMatch(/^HTTP\/1\.1 200 OK\r\nServer: nginx\//);
    const { out } = await sundew(['capture', 'list', '--csv'], data);
    expect(out).toContain(SHA256);
    const ended = await running.stop('SIGTERM');
    expect(ended.code).toBe(0);
    const events = await sundew(['events', '--ndjson'], data);
    expect(events.out).toContain('"type":"http.request"');
    expect(events.out).toContain(`"sha256":"${SHA256}"`);
  });

  test('pretends to be Apache when that is asked for', async () => {
    const { running } = await startSensor(
      temporaryData(),
      '--http',
      '127.0.0.1:0',
      '--http-persona',
      'apache-2.4.68-debian-12',
    );
    const [, port = ''] = await running.says(/HTTP sensor\s+127\.0\.0\.1:(\d+)/);

    expect((await fetch(`http://127.0.0.1:${port}/nothing`)).headers.get('server')).toBe(
      'Apache/2.4.68 (Debian)',
    );
  });

  test('refuses a persona that there is not, and names those that there are', async () => {
    const { code, err } = await sundew(['up', '--http', '8080', '--http-persona', 'iis'], temporaryData());

    expect(code).toBe(2);
    expect(err).toContain('nginx-1.22.1-debian-12');
  });

  test('refuses a port that is taken, names it and says what to do', async () => {
    const { running } = await startSensor(temporaryData(), '--http', '127.0.0.1:0');
    const [, port = ''] = await running.says(/HTTP sensor\s+127\.0\.0\.1:(\d+)/);

    const { code, err } = await sundew(
      ['up', '--redis', '127.0.0.1:0', '--http', `127.0.0.1:${port}`, '--no-dashboard'],
      temporaryData(),
    );

    expect(code).toBe(2);
    expect(err).toContain(`already listens on 127.0.0.1:${port}`);
  });
});

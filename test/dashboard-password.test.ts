import { get } from 'node:https';
import { generate } from 'selfsigned';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Stage } from './dashboard/stage.ts';
import { openStage } from './dashboard/stage.ts';
import { startBrowser } from './peers/browser.ts';

const PASSWORD = 'correct horse battery';
let stage: Stage;

beforeAll(async () => {
  const { private: key, cert } = await generate([{ name: 'commonName', value: 'sundew' }]);
  stage = await openStage(Date.now(), undefined, 0, { password: PASSWORD, tls: { key, cert } });
});
afterAll(() => stage.close());

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly body: string;
}

function ask(path: string, headers: Record<string, string> = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = {
      host: '127.0.0.1',
      port: stage.dashboard.port,
      path,
      headers,
      rejectUnauthorized: false,
    };
    get(options, (answer) => {
      let body = '';
      answer.setEncoding('utf8').on('data', (text: string) => (body += text));
      answer.on('end', () => resolve({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    }).on('error', reject);
  });
}

const basic = (password: string): Record<string, string> => ({
  authorization: `Basic ${Buffer.from(`anyone:${password}`).toString('base64')}`,
});

describe('a dashboard with a password', () => {
  test.for(['/', '/api/overview', '/api/stream', '/api/export/sources.csv', '/metrics', '/nothing'])(
    'shows nothing of %s without it',
    async (path) => {
      const { status, headers, body } = await ask(path);

      expect(status).toBe(401);
      expect(headers['www-authenticate']).toContain('Basic');
      expect(headers['content-security-policy']).toContain("default-src 'none'");
      expect(body).not.toContain('events');
    },
  );

  test('lets in who knows it, by either scheme and under any name of the host', async () => {
    expect((await ask('/api/overview', basic(PASSWORD))).status).toBe(200);
    expect((await ask('/api/overview', { authorization: `Bearer ${PASSWORD}` })).status).toBe(200);
    expect((await ask('/api/overview', { ...basic(PASSWORD), host: 'sundew.example:8377' })).status).toBe(
      200,
    );
  });

  test('tells whether it is well without it', async () => {
    expect(await ask('/healthz')).toMatchObject({ status: 200, body: 'ok\n' });
  });

  test('refuses pages of another origin that bring the password', async () => {
    const headers = { ...basic(PASSWORD), origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' };

    expect((await ask('/api/overview', headers)).status).toBe(403);
  });

  test('has Prometheus metrics', async () => {
    const { status, headers, body } = await ask('/metrics', { authorization: `Bearer ${PASSWORD}` });

    expect(status).toBe(200);
    expect(headers['content-type']).toContain('text/plain');
    expect(body).toMatch(/^sundew_events \d+$/m);
    expect(body).toMatch(/^sundew_info\{version="0\.1\.0"\} 1$/m);
    expect(body).toMatch(/^sundew_journal_trouble 0$/m);
  });

  test('opens in a browser that was told it', async () => {
    const browser = await startBrowser();
    try {
      const context = await browser.context({
        ignoreHTTPSErrors: true,
        httpCredentials: { username: 'me', password: PASSWORD },
      });
      const page = await context.newPage();
      await page.goto(`https://127.0.0.1:${stage.dashboard.port}/`);
      await page.getByText('live', { exact: true }).waitFor();
      expect(await page.title()).toContain('Sundew');
    } finally {
      await browser.close();
    }
  });

  // The last: afterwards this address has to wait.
  test('makes those wait who keep guessing, also with the right one', async () => {
    const wrong = [
      '',
      'Basic',
      'Basic !!!',
      `Bearer ${PASSWORD}x`,
      'Bearer x',
      `Bearer ${PASSWORD.toUpperCase()}`,
    ];
    const statuses: number[] = [];
    for (let turn = 0; turn < 12; turn++) {
      statuses.push(
        (await ask('/api/overview', { authorization: wrong[turn % wrong.length] || 'Basic eA==' })).status,
      );
    }

    expect(statuses.slice(0, 10)).toEqual(Array.from({ length: 10 }, () => 401));
    expect(statuses.slice(10)).toEqual([429, 429]);
    expect((await ask('/api/overview', basic(PASSWORD))).status).toBe(429);
  });
});

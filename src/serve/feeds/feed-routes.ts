import { createHash } from 'node:crypto';
import type { Context, Hono } from 'hono';
import { FEED_FORMATS } from '../../outputs/feeds/feed-formats.ts';
import { mispEvent } from '../../outputs/feeds/misp.ts';
import { safeJson } from '../../outputs/safe-json.ts';
import { crowdsecStream } from './crowdsec-stream.ts';
import type { FeedSource } from './feed-source.ts';

/** Feeds to be fetched: each format of `sundew feed`, a MISP feed, and what CrowdSec's bouncers ask for. */
export function addFeedRoutes(app: Hono, source: FeedSource): void {
  app.get('/feeds/', (context) =>
    context.text(`${FEED_FORMATS.map(({ name, title }) => `/feeds/${name}  ${title}`).join('\n')}
/misp/manifest.json  MISP feed (add the address without manifest.json)
/taxii2/  TAXII 2.1
/v1/decisions/stream  CrowdSec bouncers
`),
  );
  for (const { name, write } of FEED_FORMATS) {
    app.get(`/feeds/${name}`, (context) => {
      const { items, context: feed } = source.current();
      return answer(context, write(items, feed), TYPES[name] ?? 'text/plain; charset=utf-8');
    });
  }

  app.get('/misp/manifest.json', (context) => {
    const { items, context: feed } = source.current();
    const { uuid, Attribute: _, ...about } = mispEvent(items, feed);
    return answer(context, safeJson({ [uuid]: about }, 1), 'application/json');
  });
  app.get('/misp/hashes.csv', (context) => {
    const { items, context: feed } = source.current();
    const { uuid, Attribute } = mispEvent(items, feed);
    const lines = Attribute.map(({ value }) => `${createHash('md5').update(value).digest('hex')},${uuid}\n`);
    return answer(context, lines.join(''), 'text/csv; charset=utf-8');
  });
  app.get('/misp/:file', (context) => {
    const { items, context: feed } = source.current();
    const event = mispEvent(items, feed);
    return context.req.param('file') === `${event.uuid}.json`
      ? answer(context, safeJson({ Event: event }, 1), 'application/json')
      : context.json({ error: 'There is no such event in the feed.' }, 404);
  });

  const stream = crowdsecStream();
  app.get('/v1/decisions/stream', (context) =>
    context.json(stream(source.current(), context.req.query('startup') === 'true', clientOf(context))),
  );
}

const TYPES: Readonly<Record<string, string>> = {
  stix: 'application/stix+json;version=2.1',
  misp: 'application/json',
  crowdsec: 'text/csv; charset=utf-8',
  abuseipdb: 'text/csv; charset=utf-8',
  ecs: 'application/x-ndjson',
};

/** Who has it already is told so. */
function answer(context: Context, body: string, type: string): Response {
  const tag = `"${createHash('sha256').update(body).digest('hex').slice(0, 32)}"`;
  const headers = { etag: tag, 'cache-control': 'private, max-age=60' };
  if (context.req.header('if-none-match') === tag) return context.body(null, 304, headers);
  return context.body(body, 200, { ...headers, 'content-type': type });
}

function clientOf({ req }: Context): string {
  return (req.header('user-agent') ?? '').slice(0, 100);
}

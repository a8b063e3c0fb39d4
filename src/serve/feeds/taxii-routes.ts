import type { Context, Hono } from 'hono';
import { uuid5 } from '../../outputs/feeds/uuid5.ts';
import { safeJson } from '../../outputs/safe-json.ts';
import type { FeedSource } from './feed-source.ts';
import type { AddedObject } from './taxii-objects.ts';
import { createTaxiiObjects } from './taxii-objects.ts';
import { TaxiiQuery, taxiiPage } from './taxii-query.ts';

const MEDIA = 'application/taxii+json;version=2.1';
const ROOT = '/taxii2/sundew/';
const COLLECTION = {
  id: uuid5('taxii collection indicators'),
  title: 'Attacks on Redis',
  description: 'What the sensors have learnt, above the confidence of the feeds.',
  alias: 'indicators',
  can_read: true,
  can_write: false,
  media_types: ['application/stix+json;version=2.1'],
};

/** A TAXII 2.1 server for reading, with one collection (OASIS TAXII 2.1). */
export function addTaxiiRoutes(app: Hono, source: FeedSource): void {
  const objects = createTaxiiObjects(source);
  const get = (path: string, make: (context: Context) => Response): void => {
    for (const one of [path, path.replace(/\/$/, '')]) {
      app.get(one, (context) =>
        accepts(context) ? make(context) : fault(context, 406, 'Not acceptable', ACCEPT),
      );
    }
  };
  get('/taxii2/', (context) => answer(context, { title: 'Sundew', default: ROOT, api_roots: [ROOT] }));
  get(ROOT, (context) =>
    answer(context, { title: 'Sundew', versions: [MEDIA], max_content_length: 1_048_576 }),
  );
  get(`${ROOT}collections/`, (context) => answer(context, { collections: [COLLECTION] }));
  get(`${ROOT}collections/:collection/`, (context) =>
    isOurs(context) ? answer(context, COLLECTION) : noCollection(context),
  );
  const page = (path: string, body: (items: readonly AddedObject[]) => readonly unknown[]): void => {
    get(`${ROOT}collections/:collection/${path}`, (context) => {
      if (!isOurs(context)) return noCollection(context);
      const query = TaxiiQuery.safeParse(context.req.query());
      if (!query.success) return fault(context, 400, 'Bad request', 'A parameter cannot be read.');
      const object = context.req.param('object');
      const all = objects.all();
      const some = object === undefined ? all : all.filter((one) => one.object.id === object);
      if (object !== undefined && some.length === 0) {
        return fault(context, 404, 'Not found', 'The collection has no such object.');
      }
      const { items, next } = taxiiPage(some, query.data);
      const name = path.endsWith('versions/') ? 'versions' : 'objects';
      return answer(
        context,
        items.length === 0
          ? {}
          : { ...(next === undefined ? {} : { more: true, next }), [name]: body(items) },
        items,
      );
    });
  };
  page('objects/', (items) => items.map(({ object }) => object));
  page('objects/:object/', (items) => items.map(({ object }) => object));
  page('objects/:object/versions/', (items) => items.map(({ version }) => version));
  page('manifest/', (items) =>
    items.map(({ object, added, version }) => ({
      id: object.id,
      date_added: new Date(added).toISOString(),
      version,
      media_type: 'application/stix+json;version=2.1',
    })),
  );
}

const ACCEPT = `This server answers in ${MEDIA}.`;

function accepts({ req }: Context): boolean {
  const header = (req.header('accept') ?? '*/*').slice(0, 1_000);
  return header.split(',').some((one) => {
    const [type = '', ...parameters] = one.split(';').map((part) => part.trim().toLowerCase());
    if (type === '*/*' || type === 'application/*') return true;
    const version = parameters.find((part) => part.startsWith('version='));
    return type === 'application/taxii+json' && (version === undefined || version === 'version=2.1');
  });
}

function isOurs({ req }: Context): boolean {
  const asked = req.param('collection');
  return asked === COLLECTION.id || asked === COLLECTION.alias;
}

function noCollection(context: Context): Response {
  return fault(context, 404, 'Not found', `The collection is called ${COLLECTION.id}.`);
}

function answer(context: Context, body: unknown, items: readonly AddedObject[] = []): Response {
  const [first, last] = [items[0], items.at(-1)];
  return context.body(safeJson(body), 200, {
    'content-type': MEDIA,
    ...(first === undefined || last === undefined
      ? {}
      : {
          'x-taxii-date-added-first': new Date(first.added).toISOString(),
          'x-taxii-date-added-last': new Date(last.added).toISOString(),
        }),
  });
}

function fault(context: Context, status: 400 | 404 | 406, title: string, description: string): Response {
  return context.body(safeJson({ title, description, http_status: String(status) }), status, {
    'content-type': MEDIA,
  });
}

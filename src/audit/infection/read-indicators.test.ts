import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Indicator } from '../../model/indicator.ts';
import { readIndicators } from './read-indicators.ts';

const NOW = Date.UTC(2026, 10, 1);

function read(text: string): readonly Indicator[] {
  const result = readIndicators(text, NOW);
  if ('message' in result) throw new Error(`${result.line ?? ''} ${result.message}`);
  return result.indicators;
}
const pairs = (text: string): string[] => read(text).map(({ kind, value }) => `${kind} ${value}`);

describe('a file of indicators', () => {
  test('is CSV with type and value, defanged or not', () => {
    const found = pairs(
      'type,value\r\nip,203.0.113[.]9\r\nurl,"hxxp://203.0.113[.]9/a,b.sh"\r\ndomain,EVIL.example[.]invalid\r\nkey,backup9\r\n',
    );

    expect(found).toEqual([
      'address 203.0.113.9',
      'url http://203.0.113.9/a,b.sh',
      'host evil.example.invalid',
      'key backup9',
    ]);
  });

  test('counts what no audit can look for', () => {
    expect(readIndicators('type,value\nemail,a@b.example.invalid\nip,203.0.113.9\n', NOW)).toMatchObject({
      skipped: 1,
      indicators: [{ kind: 'address' }],
    });
  });

  test('is our own JSON and NDJSON, kept as it is', () => {
    const own: Indicator = {
      kind: 'key',
      value: 'k\u00ff1',
      firstSeen: 1,
      lastSeen: 2,
      sightings: 3,
      sessions: ['s'],
      sources: ['203.0.113.9'],
      rules: ['redis.cron-download'],
      confidence: 0.3,
      campaign: 'migo',
    };

    expect(read(JSON.stringify([own], undefined, 2))).toEqual([own]);
    expect(read(`${JSON.stringify(own)}\n${JSON.stringify(own)}\n`)).toEqual([own, own]);
  });

  test('is a STIX bundle: patterns of hashes, addresses, names and URLs, each alternative by itself', () => {
    const indicator = (pattern: string, more: object = {}): object => ({
      type: 'indicator',
      pattern,
      pattern_type: 'stix',
      ...more,
    });
    const bundle = {
      type: 'bundle',
      id: 'bundle--1',
      objects: [
        { type: 'identity', name: 'x' },
        indicator("[ipv4-addr:value = '203.0.113.9' OR ipv4-addr:value = '203.0.113.10']", {
          confidence: 80,
        }),
        indicator("[file:hashes.'SHA-256' = 'ABCDEF']"),
        indicator("[domain-name:value = 'evil.example.invalid']"),
        indicator("[url:value = 'http://203.0.113.9/a\\'b']"),
        indicator("[x-sundew:key = 'zzkey']"),
        indicator("[network-traffic:dst_ref.value = '203.0.113.9' AND network-traffic:dst_port = 8886]"),
        indicator("[ipv4-addr:value = '203.0.113.77']", { revoked: true }),
        indicator("[ipv4-addr:value = '203.0.113.78']", { valid_until: '2020-01-01T00:00:00Z' }),
      ],
    };

    const result = readIndicators(JSON.stringify(bundle), NOW);

    expect(pairs(JSON.stringify(bundle))).toEqual([
      'address 203.0.113.9',
      'address 203.0.113.10',
      'sha256 abcdef',
      'value abcdef',
      'host evil.example.invalid',
      "url http://203.0.113.9/a'b",
      'key zzkey',
      'endpoint 203.0.113.9:8886',
    ]);
    expect(result).toMatchObject({
      skipped: 2,
      indicators: [{ confidence: 0.8 }, { confidence: 0.8 }, {}, {}, {}, {}, {}, {}],
    });
  });

  test.for<[string, string, object]>([
    ['without names of columns', 'a,b\n1,2\n', { line: 1 }],
    ['with a row without value', 'type,value\nip,203.0.113.9\nip\n', { line: 3 }],
    ['with a cell that never ends', 'type,value\nip,"203', { line: 2 }],
    [
      'with a broken line of JSON',
      '{"kind":"key","value":"abcd"}\n{"kind":\n',
      { line: 2, message: 'is not JSON' },
    ],
    ['that is empty', ' \n', { message: 'is empty' }],
    ['with a STIX indicator without a pattern', '{"type":"bundle","objects":[{"type":"indicator"}]}', {}],
  ])('%s is a fault that says where', ([, text, fault]) => {
    const result = readIndicators(text, NOW);

    expect(result).toHaveProperty('message');
    expect(result).toMatchObject(fault);
  });

  test('never throws, whatever it holds', () => {
    const holds = fc.check(
      fc.property(fc.oneof(fc.string({ maxLength: 300 }), fc.json()), (text) => {
        const results = [readIndicators(text, NOW), readIndicators(`type,value\n${text}`, NOW)];

        return results.every((result) => 'message' in result !== 'indicators' in result);
      }),
    );

    expect(holds.failed).toBe(false);
  });
});

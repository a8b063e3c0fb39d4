import { describe, expect, test } from 'vitest';
import { feedItems } from '../src/analysis/feed-items.ts';
import { createLedger } from '../src/analysis/ledger.ts';
import { readIndicators } from '../src/audit/infection/read-indicators.ts';
import { loadKnowledge } from '../src/cli/knowledge.ts';
import { createDetector } from '../src/detect/detector.ts';
import { stixFeed } from '../src/outputs/feeds/stix.ts';
import { generatedDay } from './world/generated-day.ts';

describe('a feed of a whole day', () => {
  const knowledge = loadKnowledge();
  const day = generatedDay({ seed: 200, operators: 10, scanners: 50 });
  const detector = createDetector(knowledge.rules);
  const ledger = createLedger({ campaigns: knowledge.campaigns });
  for (const event of day.events) {
    const { findings, held } = detector.observe(event);
    ledger.observe(event, findings, held);
  }
  const now = Date.UTC(2026, 10, 25);
  const campaigns = ledger.campaigns();
  const items = feedItems(ledger.indicators(), campaigns, { now, minConfidence: 0.5 });

  test('as STIX is what an audit reads back', () => {
    const text = stixFeed.write(items, {
      now,
      producer: 'Sundew',
      tlp: 'amber',
    });

    const read = readIndicators(text, now);

    const of = (list: readonly { kind: string; value: string }[]): string[] =>
      [...new Set(list.map(({ kind, value }) => `${kind} ${value}`))].toSorted();
    expect(items.length).toBeGreaterThan(50);
    expect('indicators' in read && of(read.indicators)).toEqual(
      expect.arrayContaining(
        of(items.map(({ indicator }) => indicator).filter(({ kind }) => kind !== 'password')),
      ),
    );
  });

  test('names nobody who only looked', () => {
    const scanners = new Set(
      day.events.flatMap(({ session, peer }) => (day.truth.has(session) ? [] : [peer.address])),
    );

    expect(items.filter(({ indicator }) => scanners.has(indicator.value))).toEqual([]);
  });
});

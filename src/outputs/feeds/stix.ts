import type { FeedItem } from '../../analysis/feed-items.ts';
import type { Campaign } from '../../model/campaign.ts';
import { printable, printableText } from '../../model/printable.ts';
import { safeJson } from '../safe-json.ts';
import type { FeedContext, FeedFormat, Tlp } from './feed.ts';
import { about, stamp } from './feed.ts';
import { stixPattern } from './stix-pattern.ts';
import { uuid5 } from './uuid5.ts';

export type StixObject = Readonly<Record<string, unknown>> & { readonly type: string; readonly id: string };

/** The marking definitions that the standard itself fixes (STIX 2.1, 7.2.1.4; clear is its `white`). */
const MARKINGS: Readonly<Record<Tlp, string>> = {
  clear: 'marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9',
  green: 'marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da',
  amber: 'marking-definition--f88d31f6-486f-44da-b317-01333bde0b82',
  red: 'marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed',
};

/** A bundle of STIX 2.1: who made it, the indicators, their campaigns, the techniques, and what ties them. */
export const stixFeed: FeedFormat = {
  name: 'stix',
  title: 'STIX 2.1 bundle (OpenCTI, MISP, ThreatConnect, sundew audit --indicators)',
  write: (items, context) =>
    `${safeJson({ type: 'bundle', id: `bundle--${uuid5(`bundle ${context.now}`)}`, objects: stixObjects(items, context) }, 1)}\n`,
};

/** Ids depend on what an object is of and on nothing else: who takes the feed every day gets no doubles. */
export function stixObjects(items: readonly FeedItem[], context: FeedContext): readonly StixObject[] {
  const producer = `identity--${uuid5(`identity ${context.producer}`)}`;
  const epoch = stamp(Date.UTC(2026, 0, 1));
  const common = {
    spec_version: '2.1',
    created_by_ref: producer,
    object_marking_refs: [MARKINGS[context.tlp]],
  };
  const objects = new Map<string, StixObject>();
  const put = (object: StixObject): string => {
    objects.set(object.id, object);
    return object.id;
  };
  put({
    type: 'identity',
    spec_version: '2.1',
    id: producer,
    created: epoch,
    modified: epoch,
    name: context.producer,
    identity_class: 'organization',
  });
  const relate = (from: string, kind: string, to: string, since: number, until: number): void => {
    const id = `relationship--${uuid5(`${from} ${kind} ${to}`)}`;
    put({
      type: 'relationship',
      id,
      ...common,
      created: stamp(since),
      modified: stamp(until),
      relationship_type: kind,
      source_ref: from,
      target_ref: to,
    });
  };
  const campaignObject = (campaign: Campaign): string => {
    const id = put({
      type: 'campaign',
      id: `campaign--${uuid5(`campaign ${campaign.id}`)}`,
      ...common,
      created: stamp(campaign.firstSeen),
      modified: stamp(campaign.lastSeen),
      name: printableText(campaign.title, 200),
      description: printableText(campaign.reasons.join('; '), 2_000),
      first_seen: stamp(campaign.firstSeen),
      last_seen: stamp(campaign.lastSeen),
      external_references: [{ source_name: 'sundew', external_id: printableText(campaign.id, 100) }],
    });
    for (const technique of campaign.techniques) {
      const pattern = put({
        type: 'attack-pattern',
        id: `attack-pattern--${uuid5(`attack-pattern ${technique}`)}`,
        ...common,
        created: epoch,
        modified: epoch,
        name: technique,
        external_references: [
          {
            source_name: 'mitre-attack',
            external_id: technique,
            url: `https://attack.mitre.org/techniques/${technique.replace('.', '/')}`,
          },
        ],
      });
      relate(id, 'uses', pattern, campaign.firstSeen, campaign.lastSeen);
    }
    return id;
  };
  for (const item of items) {
    const { indicator, confidence, expires, campaign } = item;
    const { kind, value, firstSeen, lastSeen, sample } = indicator;
    const id = put({
      type: 'indicator',
      id: `indicator--${uuid5(`indicator ${kind} ${value}`)}`,
      ...common,
      created: stamp(firstSeen),
      modified: stamp(lastSeen),
      name: printable(sample ?? value, 200),
      description: about(item),
      indicator_types: ['malicious-activity'],
      pattern: stixPattern(indicator),
      pattern_type: 'stix',
      pattern_version: '2.1',
      valid_from: stamp(firstSeen),
      // The standard wants it later than valid_from.
      valid_until: stamp(Math.max(expires, firstSeen + 1)),
      confidence: Math.round(confidence * 100),
    });
    put({
      type: 'sighting',
      id: `sighting--${uuid5(`sighting ${kind} ${value}`)}`,
      ...common,
      created: stamp(firstSeen),
      modified: stamp(lastSeen),
      first_seen: stamp(firstSeen),
      last_seen: stamp(Math.max(lastSeen, firstSeen + 1)),
      count: Math.min(indicator.sightings, 999_999_999),
      sighting_of_ref: id,
    });
    if (campaign !== undefined) relate(id, 'indicates', campaignObject(campaign), firstSeen, lastSeen);
  }
  return [...objects.values()];
}

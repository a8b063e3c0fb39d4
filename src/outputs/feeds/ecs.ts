import { isIP } from 'node:net';
import { endpointParts } from '../../model/endpoint.ts';
import type { Indicator } from '../../model/indicator.ts';
import { printable, printableText } from '../../model/printable.ts';
import { safeJson } from '../safe-json.ts';
import type { FeedFormat } from './feed.ts';
import { about, stamp } from './feed.ts';

/** The version of the Elastic Common Schema whose `threat.indicator` these are. */
const ECS_VERSION = '8.11.0';

export const ecsFeed: FeedFormat = {
  name: 'ecs',
  title: 'ECS threat indicators, NDJSON (Elastic, Filebeat)',
  write: (items, { now, producer, tlp }) =>
    items
      .map((item) => {
        const { indicator, confidence, campaign } = item;
        return `${safeJson({
          '@timestamp': stamp(now),
          ecs: { version: ECS_VERSION },
          event: {
            kind: 'enrichment',
            category: ['threat'],
            type: ['indicator'],
            dataset: 'sundew.indicator',
          },
          threat: {
            feed: { name: producer },
            ...(campaign === undefined ? {} : { group: { name: printableText(campaign.title, 200) } }),
            indicator: {
              ...fields(indicator),
              name: printable(indicator.value, 500),
              description: about(item),
              confidence: confidence >= 0.7 ? 'High' : confidence >= 0.4 ? 'Medium' : 'Low',
              first_seen: stamp(indicator.firstSeen),
              last_seen: stamp(indicator.lastSeen),
              sightings: indicator.sightings,
              provider: producer,
              marking: { tlp: tlp.toUpperCase() },
            },
          },
        })}\n`;
      })
      .join(''),
};

/** Types are those of STIX; what neither knows keeps its own name. */
function fields({ kind, value }: Indicator): object {
  switch (kind) {
    case 'address':
      return { type: isIP(value) === 6 ? 'ipv6-addr' : 'ipv4-addr', ip: value };
    case 'host':
      return { type: 'domain-name', url: { domain: value } };
    case 'endpoint': {
      const { host, port } = endpointParts(value);
      return {
        type: 'network-traffic',
        port,
        ...(isIP(host) === 0 ? { url: { domain: host } } : { ip: host }),
      };
    }
    case 'url':
      return { type: 'url', url: { original: value, full: value } };
    case 'sha256':
      return { type: 'file', file: { hash: { sha256: value } } };
    case 'script':
      return { type: 'file', file: { hash: { sha1: value } } };
    default:
      return { type: `x-sundew-${kind}` };
  }
}

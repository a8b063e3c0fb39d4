import { isIP } from 'node:net';
import type { FeedItem } from '../../analysis/feed-items.ts';
import { endpointParts } from '../../model/endpoint.ts';
import type { Indicator } from '../../model/indicator.ts';
import { printable } from '../../model/printable.ts';
import { safeJson } from '../safe-json.ts';
import type { FeedContext, FeedFormat } from './feed.ts';
import { about, day, stamp } from './feed.ts';
import { uuid5 } from './uuid5.ts';

interface MispType {
  readonly type: string;
  readonly category: string;
  /** Machines may look for it. */
  readonly toIds: boolean;
}

/** One event for a day, as MISP's API and its files take it; the same attribute has the same UUID every day. */
export const mispFeed: FeedFormat = {
  name: 'misp',
  title: 'MISP event (JSON; Event Actions, Import, MISP JSON)',
  write: (items, context) => `${safeJson({ Event: mispEvent(items, context) }, 1)}\n`,
};

export interface MispEvent {
  readonly [member: string]: unknown;
  readonly uuid: string;
  readonly Attribute: readonly { readonly value: string }[];
}

/** An event as MISP's core format has it. */
export function mispEvent(items: readonly FeedItem[], { now, producer, tlp }: FeedContext): MispEvent {
  const seconds = (time: number): string => String(Math.floor(time / 1_000));
  return {
    uuid: uuid5(`misp event ${producer} ${day(now)}`),
    info: `Attacks on Redis, ${day(now)}`,
    date: day(now),
    timestamp: seconds(now),
    threat_level_id: '2',
    analysis: '2',
    distribution: '0',
    published: false,
    Orgc: { name: producer, uuid: uuid5(`identity ${producer}`) },
    Tag: [{ name: `tlp:${tlp}` }],
    Attribute: items.map((item) => {
      const { indicator, campaign } = item;
      const { type, category, toIds } = mispType(indicator);
      return {
        uuid: uuid5(`misp attribute ${indicator.kind} ${indicator.value}`),
        type,
        category,
        to_ids: toIds,
        value: mispValue(indicator),
        comment: about(item),
        timestamp: seconds(indicator.lastSeen),
        first_seen: stamp(indicator.firstSeen),
        last_seen: stamp(indicator.lastSeen),
        ...(campaign === undefined
          ? {}
          : { Tag: [{ name: `sundew:campaign="${printable(campaign.id, 100)}"` }] }),
      };
    }),
  };
}

/** Types of MISP's core format (misp-core-format); what it has none for is text that no machine looks for. */
function mispType({ kind, value, sources }: Indicator): MispType {
  const network = (type: string): MispType => ({ type, category: 'Network activity', toIds: true });
  switch (kind) {
    case 'address':
      return network(sources.includes(value) ? 'ip-src' : 'ip-dst');
    case 'host':
      return network('hostname');
    case 'endpoint':
      return network(isIP(endpointParts(value).host) === 0 ? 'hostname|port' : 'ip-dst|port');
    case 'url':
      return network('url');
    case 'sha256':
      return { type: 'sha256', category: 'Payload delivery', toIds: true };
    case 'script':
      return { type: 'sha1', category: 'Payload delivery', toIds: true };
    case 'ssh-key':
      return { type: 'ssh-fingerprint', category: 'Attribution', toIds: false };
    case 'wallet':
      return { type: value.length === 95 ? 'xmr' : 'btc', category: 'Financial fraud', toIds: true };
    case 'tlsh':
      return { type: 'tlsh', category: 'Payload delivery', toIds: false };
    case 'user-agent':
      return { type: 'user-agent', category: 'Network activity', toIds: false };
    case 'file-path':
      return { type: 'filename', category: 'Artifacts dropped', toIds: false };
    default:
      return { type: 'text', category: 'Other', toIds: false };
  }
}

function mispValue({ kind, value }: Indicator): string {
  switch (kind) {
    case 'endpoint': {
      const { host, port } = endpointParts(value);
      return `${host}|${port}`;
    }
    case 'key':
    case 'cron':
    case 'user-agent':
    case 'password':
    case 'module':
    case 'file-path':
      return printable(value, 2_048);
    default:
      return value;
  }
}

import { createHash } from 'node:crypto';
import { isIP } from 'node:net';
import type { FeedItem } from '../../analysis/feed-items.ts';
import { endpointParts } from '../../model/endpoint.ts';
import type { FeedFormat } from './feed.ts';
import { about, day } from './feed.ts';

/** Numbers of rules: a million of their own, far from those of others (sidallocation.org). */
const FIRST_SID = 3_900_000_000;
const SIDS = 100_000_000;

export const suricataRules: FeedFormat = {
  name: 'suricata',
  title: 'Suricata rules (suricata.yaml, rule-files)',
  write: (items) => {
    const taken = new Set<number>();
    const lines = items.flatMap((item) => {
      const match = matchOf(item);
      return match === undefined
        ? []
        : [`${match.head} (${options(item, match.options, sidOf(item, taken))})`];
    });
    return `${lines.join('\n')}\n`;
  },
};

interface Match {
  /** Protocol, addresses, ports. */
  readonly head: string;
  readonly options: readonly string[];
}

const LONGEST_CONTENT = 200;

function matchOf({ indicator: { kind, value } }: FeedItem): Match | undefined {
  switch (kind) {
    case 'address':
      return { head: `alert ip any any <> ${address(value)} any`, options: [] };
    case 'endpoint': {
      const { host, port } = endpointParts(value);
      if (isIP(host) === 0) return undefined;
      return {
        head: `alert tcp any any -> ${address(host)} ${port}`,
        options: ['flow:to_server'],
      };
    }
    case 'host':
      return {
        head: 'alert dns any any -> any any',
        options: ['dns.query', content(value), 'nocase', 'endswith'],
      };
    case 'url': {
      const [, host = '', path = '/'] =
        /^http:\/\/([^/?#]{1,255})(\/[^#]*)?/.exec(value.slice(0, 2_048)) ?? [];
      if (host === '') return undefined;
      return {
        head: 'alert http any any -> any any',
        options: [
          'flow:established,to_server',
          'http.host',
          content(host.replace(/:\d+$/, '').toLowerCase()),
          'http.uri',
          content(path.slice(0, LONGEST_CONTENT)),
        ],
      };
    }
    case 'key':
      // Inside a request to a Redis: an argument of exactly this name.
      return value.length < 4 || value.length > LONGEST_CONTENT
        ? undefined
        : {
            head: 'alert tcp any any -> any 6379',
            options: ['flow:to_server', content(`$${value.length}\r\n${value}\r\n`)],
          };
    default:
      return undefined;
  }
}

function options(item: FeedItem, match: readonly string[], sid: number): string {
  const { indicator, expires } = item;
  return [
    `msg:"SUNDEW ${quoted(about(item))}"`,
    ...match,
    'classtype:trojan-activity',
    `sid:${sid}`,
    `rev:${Math.max(1, Math.floor(indicator.lastSeen / 86_400_000))}`,
    `metadata:first_seen ${day(indicator.firstSeen)}, expires ${day(expires)}`,
    '',
  ]
    .join('; ')
    .trimEnd();
}

function address(text: string): string {
  return isIP(text) === 6 ? `[${text}]` : text;
}

/** Everything but letters, digits and a few marks in hex, between bars. */
function content(bytes: string): string {
  const escaped = bytes.replace(/[^A-Za-z0-9 ._/-]+/g, (run) => {
    const hex = [...Buffer.from(run, 'latin1')].map((byte) => byte.toString(16).padStart(2, '0'));
    return `|${hex.join(' ')}|`;
  });
  return `content:"${escaped}"`;
}

/** In a message nothing may end it. */
function quoted(text: string): string {
  return text.replace(/[^A-Za-z0-9 .,_/()-]/g, ' ').slice(0, 200);
}

/** The same from day to day, as long as no two fall on one. */
function sidOf({ indicator: { kind, value } }: FeedItem, taken: Set<number>): number {
  let sid = FIRST_SID + (createHash('sha256').update(`${kind} ${value}`).digest().readUInt32BE(0) % SIDS);
  while (taken.has(sid)) sid = sid + 1 < FIRST_SID + SIDS ? sid + 1 : FIRST_SID;
  taken.add(sid);
  return sid;
}

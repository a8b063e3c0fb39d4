import { isIP } from 'node:net';
import type { FeedItem } from '../../analysis/feed-items.ts';
import { csvLine } from '../csv.ts';
import type { FeedFormat } from './feed.ts';
import { about, stamp } from './feed.ts';

/** Addresses, one a line; `#` begins a comment. */
export const blockList: FeedFormat = {
  name: 'blocklist',
  title: 'addresses, one a line (ipset, firewalls, squid)',
  write: (items, { now, producer }) => {
    const addresses = addressesOf(items);
    const until = Math.min(...addresses.map(({ expires }) => expires));
    return [
      `# ${producer.replace(/[\r\n]/g, ' ')}: ${addresses.length} addresses of attacks on Redis, ${stamp(now)}`,
      ...(addresses.length === 0
        ? []
        : [`# the first of them expires ${stamp(until)}: take the list anew by then`]),
      ...addresses.map(({ indicator }) => indicator.value),
      '',
    ].join('\n');
  },
};

/** What `cscli decisions import` reads. */
export const crowdsecList: FeedFormat = {
  name: 'crowdsec',
  title: 'CrowdSec decisions (cscli decisions import -i FILE --format csv)',
  write: (items, { now }) =>
    [
      csvLine(['duration', 'scope', 'value', 'type', 'reason']),
      ...addressesOf(items).map((item) =>
        csvLine([`${hoursLeft(item.expires, now)}h`, 'ip', item.indicator.value, 'ban', about(item)]),
      ),
    ].join(''),
};

/** Categories of AbuseIPDB: 15 hacking, 18 brute force is not told, 20 exploited host. */
const CATEGORIES = '15,20';
const LONGEST_COMMENT = 1_000;

/** Only who came himself is reported, and nothing of the sensor. */
export const abuseIpdbReport: FeedFormat = {
  name: 'abuseipdb',
  title: 'AbuseIPDB bulk report (CSV; of sources only)',
  write: (items) =>
    [
      csvLine(['IP', 'Categories', 'ReportDate', 'Comment']),
      ...addressesOf(items)
        .filter(({ indicator }) => indicator.sources.includes(indicator.value))
        .map((item) =>
          csvLine([
            item.indicator.value,
            CATEGORIES,
            stamp(item.indicator.lastSeen),
            about(item).slice(0, LONGEST_COMMENT),
          ]),
        ),
    ].join(''),
};

/** Those that are addresses. */
export function addressesOf(items: readonly FeedItem[]): readonly FeedItem[] {
  return items.filter(({ indicator: { kind, value } }) => kind === 'address' && isIP(value) !== 0);
}

function hoursLeft(expires: number, now: number): number {
  return Math.max(1, Math.ceil((expires - now) / 3_600_000));
}

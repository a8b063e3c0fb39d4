import { stringify } from 'yaml';
import type { FeedItem } from '../../analysis/feed-items.ts';
import type { FeedContext, FeedFormat } from './feed.ts';
import { day } from './feed.ts';
import { uuid5 } from './uuid5.ts';

/** Rules for logs of firewalls, name servers and proxies, each with all that it looks for. */
export const sigmaRules: FeedFormat = {
  name: 'sigma',
  title: 'Sigma rules (sigma-cli; for Splunk, Sentinel, Elastic, ...)',
  write: (items, context) => {
    const rules = [
      rule('a server behind attacks on Redis', 'firewall', 'dst_ip', valuesOf(items, 'address'), context),
      rule('the name of a server behind attacks on Redis', 'dns', 'query', valuesOf(items, 'host'), context),
      rule('a file of attacks on Redis', 'proxy', 'c-uri', valuesOf(items, 'url'), context),
    ].flatMap((one) => one ?? []);
    return rules.map((one) => stringify(one, { lineWidth: 0 })).join('---\n');
  },
};

function rule(
  what: string,
  category: string,
  field: string,
  values: readonly string[],
  { now, producer }: FeedContext,
): object | undefined {
  if (values.length === 0) return undefined;
  return {
    title: `Contact to ${what}`,
    id: uuid5(`sigma ${category}`),
    status: 'experimental',
    description:
      'Learnt from attacks on the sensors of this installation. An internal machine that turns up here may be infected.',
    author: producer,
    date: day(now),
    tags: ['attack.command-and-control', 'attack.t1105'],
    logsource: { category },
    detection: { selection: { [field]: values }, condition: 'selection' },
    falsepositives: ['Addresses change hands: look at the date of the rule'],
    level: 'high',
  };
}

function valuesOf(items: readonly FeedItem[], kind: string): readonly string[] {
  return items.filter(({ indicator }) => indicator.kind === kind).map(({ indicator }) => indicator.value);
}

import { printableText } from '../../model/printable.ts';
import { abuseIpdbReport, blockList, crowdsecList } from './block-lists.ts';
import { cidrList } from './cidr-list.ts';
import { ecsFeed } from './ecs.ts';
import type { FeedFormat } from './feed.ts';
import { mispFeed } from './misp.ts';
import { sigmaRules } from './sigma.ts';
import { stixFeed } from './stix.ts';
import { suricataRules } from './suricata.ts';
import { zeekIntel } from './zeek.ts';

/** Every format that others read; the name of the producer can break none of them. */
export const FEED_FORMATS: readonly FeedFormat[] = [
  stixFeed,
  mispFeed,
  blockList,
  cidrList,
  crowdsecList,
  abuseIpdbReport,
  suricataRules,
  sigmaRules,
  zeekIntel,
  ecsFeed,
].map((format) => ({
  ...format,
  write: (items, context) =>
    format.write(items, { ...context, producer: printableText(context.producer, 100) }),
}));

import { networkText } from '../analysis/place-shares.ts';
import { printableText } from '../model/printable.ts';
import { severityRank } from '../model/severity.ts';
import type { Source } from '../model/source.ts';
import type { SourceView } from './answers.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';
import type { Listing } from './list-page.ts';
import { safePlace } from './safe-place.ts';

export function sourceView(source: Source, snapshot: LedgerSnapshot): SourceView {
  return {
    ...source,
    address: printableText(source.address, 100),
    ...(source.place === undefined ? {} : { place: safePlace(source.place) }),
    rules: source.rules.map((rule) => printableText(rule, 200)),
    campaigns: source.campaigns.map((id) => snapshot.campaignName(id)),
  };
}

export const sourceListing: Listing<Source, SourceView> = {
  texts: ({ address, place, rules, techniques, campaigns }, snapshot) => [
    address,
    networkText(place),
    ...rules,
    ...techniques,
    ...campaigns.map((id) => snapshot.campaignName(id).title),
  ],
  severity: ({ severity }) => severity,
  addresses: ({ address }) => [address],
  noise: ({ noise }) => noise !== undefined,
  time: ({ lastSeen }) => lastSeen,
  passes: (source, { source: address, rule, campaign, technique }) =>
    (address === undefined || source.address === address) &&
    (rule === undefined || source.rules.includes(rule)) &&
    (campaign === undefined || source.campaigns.includes(campaign)) &&
    (technique === undefined || source.techniques.includes(technique)),
  orders: {
    first: ({ firstSeen }) => firstSeen,
    severity: ({ severity }) => (severity === undefined ? -1 : severityRank(severity)),
    sessions: ({ sessions }) => sessions,
    count: ({ commands }) => commands,
    name: ({ address }) => address,
  },
  view: sourceView,
};

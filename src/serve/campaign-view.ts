import type { Campaign } from '../model/campaign.ts';
import { printableText } from '../model/printable.ts';
import type { CampaignView } from './answers.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';
import type { Listing } from './list-page.ts';

const MOST_CHANGES = 100;

/** Sessions and sources as counts: `/api/sessions?campaign=` lists them. */
export function campaignView(campaign: Campaign, snapshot: LedgerSnapshot): CampaignView {
  return {
    ...campaign,
    id: printableText(campaign.id, 100),
    title: printableText(campaign.title, 200),
    sessions: campaign.sessions.length,
    sources: campaign.sources.length,
    reasons: campaign.reasons.slice(0, 200).map((reason) => printableText(reason, 500)),
    changes: campaign.changes
      .slice(-MOST_CHANGES)
      .map((one) => ({ ...one, other: printableText(one.other, 100) })),
    countries: campaign.countries,
    networks: campaign.networks.map(({ name, sources }) => ({ name: printableText(name, 120), sources })),
    indicators: snapshot.indicatorsOf(campaign.id),
  };
}

export const campaignListing: Listing<Campaign, CampaignView> = {
  texts: ({ title, id, sources, techniques, reasons }) => [title, id, ...sources, ...techniques, ...reasons],
  addresses: ({ sources }) => sources,
  time: ({ lastSeen }) => lastSeen,
  passes: (campaign, { campaign: id, source, session, technique }) =>
    (id === undefined || campaign.id === id) &&
    (source === undefined || campaign.sources.includes(source)) &&
    (session === undefined || campaign.sessions.includes(session)) &&
    (technique === undefined || campaign.techniques.includes(technique)),
  orders: {
    first: ({ firstSeen }) => firstSeen,
    sessions: ({ sessions }) => sessions.length,
    count: ({ sources }) => sources.length,
    name: ({ title }) => title,
  },
  view: campaignView,
};

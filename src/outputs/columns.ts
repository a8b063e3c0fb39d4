import { networkText } from '../analysis/place-shares.ts';
import type { Campaign, CampaignChange, PlaceShare } from '../model/campaign.ts';
import type { Finding } from '../model/finding.ts';
import type { Indicator } from '../model/indicator.ts';
import { printable, printableText } from '../model/printable.ts';
import type { Session } from '../model/session.ts';
import type { Source } from '../model/source.ts';
import type { ListView } from './column.ts';
import { timeText } from './times.ts';

export const sourceView: ListView<Source> = {
  time: ({ lastSeen }) => lastSeen,
  noise: ({ noise }) => noise !== undefined,
  columns: [
    { name: 'address', title: 'SOURCE', cell: ({ address }) => address },
    { name: 'country', title: 'COUNTRY', cell: ({ place }) => place?.country ?? '' },
    {
      name: 'network',
      title: 'NETWORK',
      width: 24,
      cell: ({ place }) => printableText(networkText(place) ?? '', 120),
    },
    { name: 'severity', title: 'WORST', cell: ({ severity }) => severity ?? '-' },
    { name: 'stage', title: 'FURTHEST', cell: ({ stage }) => stage ?? '-' },
    { name: 'sessions', title: 'SESSIONS', align: 'right', cell: ({ sessions }) => String(sessions) },
    { name: 'commands', title: 'COMMANDS', align: 'right', cell: ({ commands }) => String(commands) },
    { name: 'first_seen', title: 'FIRST SEEN', cell: ({ firstSeen }) => timeText(firstSeen) },
    { name: 'last_seen', title: 'LAST SEEN', cell: ({ lastSeen }) => timeText(lastSeen) },
    { name: 'campaigns', title: 'CAMPAIGNS', cell: ({ campaigns }) => campaigns.join(' ') },
    { name: 'techniques', title: 'ATT&CK', cell: ({ techniques }) => techniques.join(' ') },
    { name: 'noise', title: 'NOISE', csvOnly: true, cell: ({ noise }) => noise ?? '' },
    { name: 'rules', title: 'RULES', csvOnly: true, cell: ({ rules }) => rules.join(' ') },
  ],
};

export const sessionView: ListView<Session> = {
  time: ({ lastSeen }) => lastSeen,
  noise: ({ noise }) => noise !== undefined,
  columns: [
    { name: 'id', title: 'SESSION', cell: ({ id }) => printableText(id) },
    { name: 'opened', title: 'OPENED', cell: ({ opened }) => timeText(opened) },
    { name: 'source', title: 'SOURCE', cell: ({ peer }) => peer.address },
    { name: 'country', title: 'COUNTRY', cell: ({ place }) => place?.country ?? '' },
    {
      name: 'network',
      title: 'NETWORK',
      csvOnly: true,
      cell: ({ place }) => printableText(networkText(place) ?? '', 120),
    },
    { name: 'noise', title: 'NOISE', csvOnly: true, cell: ({ noise }) => noise ?? '' },
    { name: 'sensor', title: 'SENSOR', csvOnly: true, cell: ({ sensor }) => printableText(sensor) },
    { name: 'protocol', title: 'PROTOCOL', csvOnly: true, cell: ({ protocol }) => protocol },
    { name: 'severity', title: 'WORST', cell: ({ severity }) => severity ?? '-' },
    { name: 'stage', title: 'FURTHEST', cell: ({ stage }) => stage ?? '-' },
    { name: 'commands', title: 'COMMANDS', align: 'right', cell: ({ commands }) => String(commands) },
    { name: 'closed', title: 'CLOSED', cell: ({ closed }) => closed ?? 'open' },
    { name: 'campaign', title: 'CAMPAIGN', cell: ({ campaign }) => campaign ?? '' },
    { name: 'rules', title: 'RULES', cell: ({ rules }) => rules.join(' ') },
    { name: 'techniques', title: 'ATT&CK', csvOnly: true, cell: ({ techniques }) => techniques.join(' ') },
  ],
};

export const findingView: ListView<Finding> = {
  time: ({ time }) => time,
  columns: [
    { name: 'time', title: 'TIME', cell: ({ time }) => timeText(time) },
    { name: 'severity', title: 'SEVERITY', cell: ({ severity }) => severity },
    { name: 'source', title: 'SOURCE', cell: ({ peer }) => peer.address },
    { name: 'session', title: 'SESSION', cell: ({ session }) => printableText(session) },
    { name: 'rule', title: 'RULE', cell: ({ rule }) => rule },
    { name: 'title', title: 'TITLE', cell: ({ title }) => title },
    { name: 'attack', title: 'ATT&CK', cell: ({ attack }) => attack.join(' ') },
    {
      name: 'evidence',
      title: 'EVIDENCE',
      cell: ({ evidence }) => evidence.map(({ field, excerpt }) => `${field}: ${excerpt}`).join('; '),
    },
    { name: 'stage', title: 'STAGE', csvOnly: true, cell: ({ stage }) => stage },
    { name: 'why', title: 'WHY', csvOnly: true, cell: ({ why }) => why.trim() },
    { name: 'advice', title: 'ADVICE', csvOnly: true, cell: ({ advice }) => advice.trim() },
  ],
};

export const indicatorView: ListView<Indicator> = {
  time: ({ lastSeen }) => lastSeen,
  columns: [
    { name: 'kind', title: 'KIND', cell: ({ kind }) => kind },
    { name: 'value', title: 'VALUE', width: 64, cell: ({ value }) => printable(value, 2_048) },
    {
      name: 'confidence',
      title: 'CONFIDENCE',
      align: 'right',
      cell: ({ confidence }) => confidence.toFixed(2),
    },
    { name: 'sightings', title: 'SIGHTINGS', align: 'right', cell: ({ sightings }) => String(sightings) },
    { name: 'sessions', title: 'SESSIONS', align: 'right', cell: ({ sessions }) => String(sessions.length) },
    { name: 'first_seen', title: 'FIRST SEEN', cell: ({ firstSeen }) => timeText(firstSeen) },
    { name: 'last_seen', title: 'LAST SEEN', cell: ({ lastSeen }) => timeText(lastSeen) },
    { name: 'campaign', title: 'CAMPAIGN', cell: ({ campaign }) => campaign ?? '' },
    { name: 'sample', title: 'SAMPLE', cell: ({ sample }) => sample ?? '' },
    { name: 'session_ids', title: 'SESSION IDS', csvOnly: true, cell: ({ sessions }) => sessions.join(' ') },
    { name: 'sources', title: 'SOURCES', csvOnly: true, cell: ({ sources }) => sources.join(' ') },
    { name: 'rules', title: 'RULES', csvOnly: true, cell: ({ rules }) => rules.join(' ') },
  ],
};

export const campaignView: ListView<Campaign> = {
  time: ({ lastSeen }) => lastSeen,
  columns: [
    { name: 'id', title: 'CAMPAIGN', cell: ({ id }) => id },
    { name: 'title', title: 'TITLE', width: 60, cell: ({ title }) => title },
    { name: 'sessions', title: 'SESSIONS', align: 'right', cell: ({ sessions }) => String(sessions.length) },
    { name: 'sources', title: 'SOURCES', align: 'right', cell: ({ sources }) => String(sources.length) },
    { name: 'countries', title: 'COUNTRIES', cell: ({ countries }) => sharesText(countries, 3) },
    { name: 'first_seen', title: 'FIRST SEEN', cell: ({ firstSeen }) => timeText(firstSeen) },
    { name: 'last_seen', title: 'LAST SEEN', cell: ({ lastSeen }) => timeText(lastSeen) },
    { name: 'reasons', title: 'REASONS', cell: ({ reasons }) => reasons.join('; ') },
    {
      name: 'networks',
      title: 'NETWORKS',
      csvOnly: true,
      cell: ({ networks }) =>
        printableText(networks.map(({ name, sources }) => `${name} ${sources}`).join('; '), 2_000),
    },
    {
      name: 'changes',
      title: 'CHANGES',
      csvOnly: true,
      cell: ({ changes }) => changes.map(changeLine).join('; '),
    },
    { name: 'addresses', title: 'ADDRESSES', csvOnly: true, cell: ({ sources }) => sources.join(' ') },
    { name: 'techniques', title: 'ATT&CK', csvOnly: true, cell: ({ techniques }) => techniques.join(' ') },
  ],
};

function changeLine({ time, what, other, sessions }: CampaignChange): string {
  return `${timeText(time)} ${what} ${other} (${sessions})`;
}

/** `CN 86%, US 9%, NL 3%`, of all sources. */
function sharesText(shares: readonly PlaceShare[], most: number): string {
  const all = shares.reduce((sum, { sources }) => sum + sources, 0);
  return shares
    .slice(0, most)
    .map(({ name, sources }) => `${name} ${Math.round((100 * sources) / all)}%`)
    .join(', ');
}

import { networkText } from '../analysis/place-shares.ts';
import { isAttack } from '../analysis/session-record.ts';
import { printableText } from '../model/printable.ts';
import type { Session } from '../model/session.ts';
import { severityRank } from '../model/severity.ts';
import type { SessionView } from './answers.ts';
import type { LedgerSnapshot } from './ledger-snapshot.ts';
import type { Listing } from './list-page.ts';
import { safePlace } from './safe-place.ts';

export function sessionView({ campaign, ...session }: Session, snapshot: LedgerSnapshot): SessionView {
  const worst = snapshot.worstOf(session.id);
  return {
    ...session,
    id: printableText(session.id, 100),
    sensor: printableText(session.sensor, 100),
    ...(session.place === undefined ? {} : { place: safePlace(session.place) }),
    peer: { address: printableText(session.peer.address, 100), port: session.peer.port },
    rules: session.rules.map((rule) => printableText(rule, 200)),
    findings: snapshot.findingsOf(session.id).length,
    ...(campaign === undefined ? {} : { campaign: snapshot.campaignName(campaign) }),
    ...(worst === undefined ? {} : { worst: printableText(worst.title, 300) }),
  };
}

export const sessionListing: Listing<Session, SessionView> = {
  texts: ({ id, peer, place, sensor, rules, campaign, techniques }, snapshot) => [
    id,
    peer.address,
    sensor,
    networkText(place),
    snapshot.worstOf(id)?.title,
    campaign === undefined ? undefined : snapshot.campaignName(campaign).title,
    ...rules,
    ...techniques,
  ],
  severity: ({ severity }) => severity,
  addresses: ({ peer }) => [peer.address],
  noise: ({ noise }) => noise !== undefined,
  time: ({ lastSeen }) => lastSeen,
  // As the headline figures and the study count them.
  began: ({ opened }) => opened,
  passes: (session, { source, rule, sensor, campaign, technique, attacks }) =>
    (source === undefined || session.peer.address === source) &&
    (rule === undefined || session.rules.includes(rule)) &&
    (sensor === undefined || session.sensor === sensor) &&
    (campaign === undefined || session.campaign === campaign) &&
    (technique === undefined || session.techniques.includes(technique)) &&
    (attacks === undefined || isAttack(session)),
  orders: {
    first: ({ opened }) => opened,
    severity: ({ severity }) => (severity === undefined ? -1 : severityRank(severity)),
    count: ({ commands }) => commands,
    name: ({ peer }) => peer.address,
  },
  view: sessionView,
};

import type { Finding } from '../model/finding.ts';
import { printableText } from '../model/printable.ts';
import { severityRank } from '../model/severity.ts';
import type { FindingView } from './answers.ts';
import type { Listing } from './list-page.ts';

/** A finding with every text made printable, those of rules too: anyone may add rules. */
export function findingView(finding: Finding): FindingView {
  return {
    ...finding,
    id: printableText(finding.id, 300),
    rule: printableText(finding.rule, 200),
    title: printableText(finding.title, 300),
    why: lines(finding.why).join(' '),
    advice: lines(finding.advice),
    sensor: printableText(finding.sensor, 100),
    session: printableText(finding.session, 100),
    peer: { address: printableText(finding.peer.address, 100), port: finding.peer.port },
    evidence: finding.evidence.slice(0, 50).map(({ event, field, excerpt }) => ({
      event: printableText(event, 200),
      field: printableText(field, 100),
      excerpt: printableText(excerpt, 300),
    })),
  };
}

/** Rule files write prose in blocks. */
function lines(text: string): string[] {
  return text
    .split('\n')
    .map((line) => printableText(line.trim()))
    .filter((line) => line !== '');
}

export const findingListing: Listing<Finding, FindingView> = {
  texts: ({ title, rule, peer, attack, evidence }) => [
    title,
    rule,
    peer.address,
    ...attack,
    ...evidence.map(({ excerpt }) => excerpt),
  ],
  severity: ({ severity }) => severity,
  addresses: ({ peer }) => [peer.address],
  time: ({ time }) => time,
  passes: (finding, { rule, session, source, sensor, technique }) =>
    (rule === undefined || finding.rule === rule) &&
    (session === undefined || finding.session === session) &&
    (source === undefined || finding.peer.address === source) &&
    (sensor === undefined || finding.sensor === sensor) &&
    (technique === undefined || finding.attack.includes(technique)),
  orders: {
    severity: ({ severity }) => severityRank(severity),
    name: ({ title }) => title,
  },
  view: findingView,
};

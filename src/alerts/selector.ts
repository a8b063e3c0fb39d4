import ipaddr from 'ipaddr.js';
import { matchesGlob } from '../analysis/matches-glob.ts';
import type { Finding } from '../model/finding.ts';
import { severityRank } from '../model/severity.ts';
import type { AlertRule, When } from './alert-rule.ts';
import { parseRange } from './alert-rule.ts';

/** What is known of the campaign that a visit belongs to. */
export interface CampaignTie {
  readonly id: string;
  /** Never seen before this finding, neither live nor in the journal. */
  readonly fresh: boolean;
}

export type Selector = (finding: Finding, campaign: CampaignTie | undefined) => boolean;

/** Does a rule want this finding? Time is linear in the length of the rule. */
export function createSelector({ when, ignore }: Pick<AlertRule, 'when' | 'ignore'>): Selector {
  const ranges = ignore.addresses.flatMap((text) => {
    const range = parseRange(text);
    return range === undefined ? [] : [range];
  });
  const ports = new Set(ignore.ports);
  return (finding, campaign) => {
    const { severity, rule, axis, stage, attack, sensor, peer } = finding;
    if (severityRank(severity) < severityRank(when.severity)) return false;
    if (when.rules?.some((glob) => matchesGlob(glob, rule)) === false) return false;
    if (when.axes?.includes(axis) === false || when.stages?.includes(stage) === false) return false;
    if (when.techniques?.some((wanted) => attack.some((one) => covers(wanted, one))) === false) return false;
    if (when.sensors?.some((glob) => matchesGlob(glob, sensor)) === false) return false;
    return isTied(when, campaign) && !ports.has(peer.port) && !isWithin(peer.address, ranges);
  };
}

function covers(wanted: string, technique: string): boolean {
  return technique === wanted || technique.startsWith(`${wanted}.`);
}

function isTied({ campaigns }: When, tie: CampaignTie | undefined): boolean {
  if (campaigns === undefined) return true;
  if (tie === undefined) return false;
  if (campaigns === 'any') return true;
  return campaigns === 'new' ? tie.fresh : campaigns.some((glob) => matchesGlob(glob, tie.id));
}

/** An IPv4 address that is written as an IPv6 one is the IPv4 address. */
function isWithin(address: string, ranges: readonly [ipaddr.IPv4 | ipaddr.IPv6, number][]): boolean {
  if (ranges.length === 0 || !ipaddr.isValid(address)) return false;
  const parsed = ipaddr.process(address);
  return ranges.some(([network, bits]) => network.kind() === parsed.kind() && parsed.match(network, bits));
}

/** Who a visitor is for grouping: an IPv4 address, or the /64 of an IPv6 one, of which anyone has as many as he likes. */
export function sourceGroup(address: string): string {
  if (!ipaddr.isValid(address)) return address;
  const parsed = ipaddr.process(address);
  if (!(parsed instanceof ipaddr.IPv6)) return parsed.toString();
  const network = new ipaddr.IPv6([...parsed.parts.slice(0, 4), 0, 0, 0, 0]);
  return `${network.toRFC5952String()}/64`;
}

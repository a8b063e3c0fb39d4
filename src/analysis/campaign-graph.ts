import type { Campaign } from '../model/campaign.ts';
import type { Indicator } from '../model/indicator.ts';
import type { PlaceOf } from '../model/place.ts';
import { networkText } from './place-shares.ts';

/** Who shares what within a campaign: networks on one side, what was learnt from them on the other. */
export interface CampaignGraph {
  readonly networks: readonly { readonly name: string; readonly asn?: number; readonly sources: number }[];
  /** The most shared first. */
  readonly indicators: readonly { readonly indicator: Indicator; readonly sources: number }[];
  /** By position in both; how many sources of the network carried the indicator. */
  readonly edges: readonly {
    readonly network: number;
    readonly indicator: number;
    readonly sources: number;
  }[];
  /** Networks and indicators that are not shown. */
  readonly left: { readonly networks: number; readonly indicators: number };
}

const MOST_NETWORKS = 12;
const MOST_INDICATORS = 14;
/** What a source is, rather than what it used. */
const NOT_SHARED = new Set(['address']);

export function campaignGraph(
  campaign: Campaign,
  indicators: readonly Indicator[],
  placeOf: PlaceOf,
): CampaignGraph {
  const members = new Set(campaign.sources);
  const nameOf = (address: string): string => networkText(placeOf(address)) ?? 'unknown network';
  const byNetwork = [...Map.groupBy(campaign.sources, nameOf)].toSorted(
    ([one, a], [other, b]) => b.length - a.length || (one < other ? -1 : 1),
  );
  const shown = byNetwork.slice(0, MOST_NETWORKS);
  const position = new Map(shown.map(([name], at) => [name, at]));
  const shared = indicators
    .filter(({ kind }) => !NOT_SHARED.has(kind))
    .map((indicator) => ({ indicator, carriers: indicator.sources.filter((one) => members.has(one)) }))
    .filter(({ carriers }) => carriers.length > 0)
    .toSorted(
      (a, b) =>
        b.carriers.length - a.carriers.length ||
        b.indicator.confidence - a.indicator.confidence ||
        (a.indicator.value < b.indicator.value ? -1 : 1),
    );
  const best = shared.slice(0, MOST_INDICATORS);
  const edges = best.flatMap(({ carriers }, at) =>
    [...Map.groupBy(carriers, nameOf)].flatMap(([name, addresses]) => {
      const network = position.get(name);
      return network === undefined ? [] : [{ network, indicator: at, sources: addresses.length }];
    }),
  );
  return {
    networks: shown.map(([name, addresses]) => {
      const asn = placeOf(addresses[0] ?? '')?.asn;
      return { name, sources: addresses.length, ...(asn === undefined ? {} : { asn }) };
    }),
    indicators: best.map(({ indicator, carriers }) => ({ indicator, sources: carriers.length })),
    edges,
    left: { networks: byNetwork.length - shown.length, indicators: shared.length - best.length },
  };
}

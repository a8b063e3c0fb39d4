import type { PlaceShare } from '../model/campaign.ts';
import type { Place, PlaceOf } from '../model/place.ts';

/** Countries of some addresses, each address once, the most first. */
export function countriesOf(addresses: Iterable<string>, placeOf: PlaceOf): PlaceShare[] {
  return sharesOf(addresses, (address) => placeOf(address)?.country ?? 'unknown');
}

/** Networks of some addresses, each address once, the most first. */
export function networksOf(addresses: Iterable<string>, placeOf: PlaceOf): PlaceShare[] {
  return sharesOf(addresses, (address) => networkText(placeOf(address)) ?? 'unknown');
}

/** `AS4134 Chinanet`; undefined when the network is not known. */
export function networkText(place: Place | undefined): string | undefined {
  if (place?.asn === undefined) return undefined;
  return `AS${place.asn} ${place.network ?? ''}`.trim();
}

function sharesOf(addresses: Iterable<string>, nameOf: (address: string) => string): PlaceShare[] {
  const counts = new Map<string, number>();
  for (const address of new Set(addresses)) {
    const name = nameOf(address);
    counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return [...counts]
    .map(([name, sources]) => ({ name, sources }))
    .toSorted((a, b) => b.sources - a.sources || (a.name < b.name ? -1 : 1));
}

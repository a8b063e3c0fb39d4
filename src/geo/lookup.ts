import type { Place, PlaceOf } from '../model/place.ts';
import { addressNumber } from './address-number.ts';
import type { PlaceIndex } from './index-file.ts';
import type { KnownNetworks } from './known-networks.ts';

/** Looks addresses up in an index; undefined where it knows nothing. Pure. */
export function createPlaceLookup(index: PlaceIndex, known: KnownNetworks): PlaceOf {
  const made: (Place | undefined)[] = index.places.map(([country, asn, network]) => {
    if (country === '' && asn === 0) return undefined;
    const kind = known.get(asn);
    return {
      ...(country === '' ? {} : { country }),
      ...(asn === 0 ? {} : { asn }),
      ...(network === '' ? {} : { network }),
      ...(kind === undefined ? {} : { kind }),
    };
  });
  const { ipv4, ipv6 } = index;
  return (address) => {
    const number = addressNumber(address);
    if (number === undefined) return undefined;
    if (number.family === 4) {
      const at = lastNotAbove(ipv4.starts.length, (one) => (ipv4.starts[one] ?? 0) - number.at);
      return at < 0 ? undefined : made[ipv4.places[at] ?? -1];
    }
    const words = [96n, 64n, 32n, 0n].map((shift) => Number((number.at >> shift) & 0xffff_ffffn));
    const compare = (one: number): number => {
      for (let word = 0; word < 4; word++) {
        const difference = (ipv6.starts[one * 4 + word] ?? 0) - (words[word] ?? 0);
        if (difference !== 0) return difference;
      }
      return 0;
    };
    const at = lastNotAbove(ipv6.places.length, compare);
    return at < 0 ? undefined : made[ipv6.places[at] ?? -1];
  };
}

/** Position of the last of `length` sorted items that is not above; -1 when all are. */
function lastNotAbove(length: number, compare: (at: number) => number): number {
  let low = 0;
  let high = length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (compare(middle) <= 0) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

import type { Place } from '../../src/model/place.ts';

const PLACES: readonly Place[] = [
  { country: 'CN', asn: 64_496, network: 'Example Telecom' },
  { country: 'CN', asn: 64_496, network: 'Example Telecom' },
  { country: 'CN', asn: 64_497, network: 'Example Cloud East', kind: 'hosting' },
  { country: 'US', asn: 64_498, network: 'Example Hosting LLC', kind: 'hosting' },
  { country: 'SG', asn: 64_499, network: 'Example Straits' },
  { country: 'NL', asn: 64_500, network: 'Example Datacentre B.V.', kind: 'hosting' },
  { country: 'RU', asn: 64_501, network: 'Example Link' },
  { country: 'BR', asn: 64_502, network: 'Example Sul' },
  { country: 'US', asn: 64_503, network: 'Example Measurement', kind: 'research' },
];

/** Made-up places of made-up visitors: the same address is always in the same one. */
export function samplePlace(address: string): Place | undefined {
  let sum = 0;
  for (let at = 0; at < address.length; at++) sum = (sum * 31 + address.charCodeAt(at)) % 9_973;
  return sum % 11 === 0 ? undefined : PLACES[sum % PLACES.length];
}

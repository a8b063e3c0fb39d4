import { z } from 'zod';
import { NetworkKind } from '../model/place.ts';

/** Autonomous systems whose owner tells what comes from them; `data/networks.json`. */
const KnownNetworksFile = z.strictObject({
  checked: z.string(),
  note: z.string(),
  networks: z.array(
    z.strictObject({ asn: z.number().int().positive(), name: z.string(), kind: NetworkKind }),
  ),
});

export type KnownNetworks = ReadonlyMap<number, NetworkKind>;

/** Throws ZodError or SyntaxError for a file that is not as it ships. */
export function knownNetworks(text: string): KnownNetworks {
  const { networks } = KnownNetworksFile.parse(JSON.parse(text));
  return new Map(networks.map(({ asn, kind }) => [asn, kind]));
}

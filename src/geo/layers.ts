import type { Piece } from './range.ts';

/** A stretch of addresses about which all layers together say one thing. */
export interface Stretch<N extends number | bigint> {
  readonly first: N;
  readonly country: string;
  readonly asn: number;
  readonly network: string;
}

/**
 * Lays the pieces of several files over each other: of country and network, each comes from the first file that knows
 * it. A stretch ends where the next begins; where nobody knows anything there is an empty one.
 */
export function stretchesOf<N extends number | bigint>(
  layers: readonly (readonly Piece<N>[])[],
  next: (n: N) => N,
  end: N,
): Stretch<N>[] {
  // No Set: the engine hashes a BigInt by its lower half, which is zero in every IPv6 prefix.
  const cuts: N[] = [];
  for (const pieces of layers) {
    for (const { first, last } of pieces) {
      cuts.push(first);
      if (last < end) cuts.push(next(last));
    }
  }
  const order = cuts
    .toSorted((a, b) => (a < b ? -1 : a > b ? 1 : 0))
    .filter((cut, at, all) => at === 0 || cut !== all[at - 1]);
  const at = layers.map(() => 0);
  const stretches: Stretch<N>[] = [];
  for (const first of order) {
    let country = '';
    let asn = 0;
    let network = '';
    for (const [layer, pieces] of layers.entries()) {
      let index = at[layer] ?? 0;
      while ((pieces[index]?.last ?? end) < first) index++;
      at[layer] = index;
      const piece = pieces[index];
      if (piece === undefined || piece.first > first || piece.last < first) continue;
      if (country === '') country = piece.range.country ?? '';
      if (asn === 0 && piece.range.asn !== undefined) {
        asn = piece.range.asn;
        network = piece.range.network ?? '';
      }
    }
    const before = stretches.at(-1);
    if (before?.country === country && before.asn === asn && before.network === network) continue;
    if (before === undefined && country === '' && asn === 0) continue;
    stretches.push({ first, country, asn, network });
  }
  return stretches;
}

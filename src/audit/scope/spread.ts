/**
 * All whole numbers from 0 to `count` - 1, each once, in an order that a seed decides and that jumps about: neighbours
 * come far apart, so that a network is not asked all at once. Holds two numbers, however many there are: four rounds of
 * a Feistel network over the next power of four, walked until the result lies below `count`.
 *
 * @param count at most 2^30.
 */
export function* spread(count: number, seed: number): Generator<number> {
  let half = 1;
  while (4 ** half < count) half++;
  const mask = 2 ** half - 1;
  const scatter = (at: number): number => {
    let left = at >>> half;
    let right = at & mask;
    for (let round = 1; round <= 4; round++) {
      [left, right] = [right, (left ^ mixed(right, seed, round)) & mask];
    }
    return left * (mask + 1) + right;
  };
  for (let index = 0; index < count; index++) {
    let at = scatter(index);
    // A permutation of the larger set: walking on from outside always comes back in, after two steps on average.
    while (at >= count) at = scatter(at);
    yield at;
  }
}

function mixed(value: number, seed: number, round: number): number {
  let bits = Math.imul(value ^ Math.imul(seed + round, 0x9e3779b1), 0x85ebca6b);
  bits = Math.imul(bits ^ (bits >>> 13), 0xc2b2ae35);
  return (bits ^ (bits >>> 16)) >>> 0;
}

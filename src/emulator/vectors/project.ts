const f = Math.fround;

/**
 * Another dimension for a vector, by the signs of a Walsh-Hadamard matrix: the one in row i and column j is that of
 * the parity of the bits that i and j share (measured with unit vectors).
 */
export function project(parts: Float32Array, dimension: number): Float32Array {
  const scale = f(1 / Math.sqrt(parts.length));
  const out = new Float32Array(dimension);
  for (let row = 0; row < dimension; row++) {
    let sum = 0;
    for (let column = 0; column < parts.length; column++) {
      const part = f((parts[column] ?? 0) * scale);
      sum = f(sum + signOf(row, column) * part);
    }
    out[row] = sum;
  }
  return out;
}

/** 1 or -1. */
export function signOf(row: number, column: number): number {
  const bits = row & column;
  let folded = bits ^ (bits >> 16);
  folded ^= folded >> 8;
  folded ^= folded >> 4;
  folded ^= folded >> 2;
  return ((folded ^ (folded >> 1)) & 1) === 1 ? -1 : 1;
}

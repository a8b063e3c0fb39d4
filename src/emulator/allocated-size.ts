const QUANTUM = 16;
const FINE = 128;

/** What jemalloc sets aside for this many bytes: multiples of 16 up to 128, above it four sizes a power of two. */
export function allocatedSize(bytes: number): number {
  if (bytes <= 8) return 8;
  if (bytes <= FINE) return Math.ceil(bytes / QUANTUM) * QUANTUM;
  const step = 2 ** (Math.ceil(Math.log2(bytes)) - 3);
  return Math.ceil(bytes / step) * step;
}

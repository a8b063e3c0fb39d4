import type { ByteString } from '../model/bytes.ts';

/** What one group of visitors may fill, whatever `maxmemory` it sets: bytes of keys and values as Redis counts them. */
export const MEMORY_CEILING = 268_435_456;
/** The same for all groups together: what one has filled leaves the others some room. */
export const TOTAL_CEILING = 335_544_320;
/** The same with what they cost this process beside: many small keys reach it first. */
export const BURDEN_CEILING = 2 * MEMORY_CEILING;
export const TOTAL_BURDEN_CEILING = 2 * TOTAL_CEILING;

/** Bytes that a group may use: what its `maxmemory` says, below the ceiling. */
export function memoryLimit(config: ReadonlyMap<string, ByteString>): number {
  const asked = Number(config.get('maxmemory') ?? 0);
  return asked > 0 ? Math.min(asked, MEMORY_CEILING) : MEMORY_CEILING;
}

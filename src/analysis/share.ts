import type { Share } from '../model/study.ts';

/** z of a two-sided 95 % interval. */
const Z = 1.959_963_984_540_054;

/**
 * A part of a whole with its 95 % Wilson score interval (Wilson 1927), which stays inside 0 to 1 and is honest for
 * small numbers. The published check: 54,000 of 72,000 is 75.0 %, 74.7 to 75.3 %.
 */
export function shareOf(count: number, of: number): Share {
  if (of === 0) return { count, of, share: null, low: null, high: null };
  const share = count / of;
  const square = Z * Z;
  const centre = (share + square / (2 * of)) / (1 + square / of);
  const half = (Z / (1 + square / of)) * Math.sqrt((share * (1 - share)) / of + square / (4 * of * of));
  return {
    count,
    of,
    share,
    low: count === 0 ? 0 : Math.max(0, centre - half),
    high: count === of ? 1 : Math.min(1, centre + half),
  };
}

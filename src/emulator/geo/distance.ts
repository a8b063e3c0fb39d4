import type { Position } from './geohash.ts';
import type { Trigonometry } from './trigonometry.ts';

export const EARTH_RADIUS = 6_372_797.560_856;
const RADIAN = 0.017_453_292_519_943_295;

export const radians = (degrees: number): number => degrees * RADIAN;
export const degrees = (angle: number): number => angle / RADIAN;

/** Meters between two latitudes. */
export function latitudeDistance(one: number, other: number): number {
  return EARTH_RADIUS * Math.abs(radians(other) - radians(one));
}

/**
 * Meters on a great circle (haversine); `single` where places on one longitude have a formula of their own (7.0 and
 * later).
 */
export function distanceBetween(
  one: Position,
  other: Position,
  single: boolean,
  by: Trigonometry = Math,
): number {
  const v = by.sin((radians(other.longitude) - radians(one.longitude)) / 2);
  if (single && v === 0) return latitudeDistance(one.latitude, other.latitude);
  const [from, to] = [radians(one.latitude), radians(other.latitude)];
  const u = by.sin((to - from) / 2);
  const a = u * u + by.cos(from) * by.cos(to) * v * v;
  return 2 * EARTH_RADIUS * by.asin(Math.sqrt(a));
}

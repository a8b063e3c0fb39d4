import type { ByteString } from '../../model/bytes.ts';
import { doubleArgument } from '../c-double.ts';
import type { Call } from '../command.ts';
import { argument, fail, NOT_FLOAT } from '../command.ts';
import { since } from '../version.ts';
import type { Position } from './geohash.ts';
import { WORLD } from './geohash.ts';
import { fixedText } from './number-text.ts';

/** Longitude and latitude, at two arguments. */
export function positionArgument(call: Call, at: number): Position {
  const longitude = number(argument(call, at));
  const latitude = number(argument(call, at + 1));
  const inside = Math.abs(longitude) <= WORLD.east && Math.abs(latitude) <= WORLD.north;
  if (!inside) {
    fail(`ERR invalid longitude,latitude pair ${fixedText(longitude, 6)},${fixedText(latitude, 6)}`);
  }
  return { longitude, latitude };
}

const UNITS: ReadonlyMap<string, number> = new Map([
  ['m', 1],
  ['km', 1_000],
  ['ft', 0.3048],
  ['mi', 1_609.34],
]);

/** Meters of a unit. */
export function unitArgument(call: Call, text: ByteString): number {
  const modern = since(call, 6.2);
  const meters = UNITS.get(modern ? text.toLowerCase() : text);
  return (
    meters ?? fail(`ERR unsupported unit provided. please use ${modern ? 'M, KM, FT, MI' : 'm, km, ft, mi'}`)
  );
}

/** A radius and its unit. */
export function radiusArgument(call: Call, at: number): { readonly radius: number; readonly unit: number } {
  const radius = number(argument(call, at), 'ERR need numeric radius');
  if (radius < 0) fail('ERR radius cannot be negative');
  return { radius, unit: unitArgument(call, argument(call, at + 1)) };
}

/** Width, height and their unit. */
export function boxArgument(
  call: Call,
  at: number,
): { readonly width: number; readonly height: number; readonly unit: number } {
  const width = number(argument(call, at), 'ERR need numeric width');
  const height = number(argument(call, at + 1), 'ERR need numeric height');
  if (width < 0 || height < 0) fail('ERR height or width cannot be negative');
  return { width, height, unit: unitArgument(call, argument(call, at + 2)) };
}

/** A double; what is too great for one is none. */
function number(text: ByteString, message: string = NOT_FLOAT): number {
  const value = doubleArgument(text, message);
  return Number.isFinite(value) || /inf/i.test(text) ? value : fail(message);
}

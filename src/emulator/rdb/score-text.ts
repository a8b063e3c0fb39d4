import type { ByteString } from '../../model/bytes.ts';
import { doubleText, shortDoubleText } from '../decimal.ts';
import type { Level } from '../version.ts';

/** Doubles of at most this size with no fraction are printed as integers. */
const MOST_INTEGER = 4_503_599_627_370_495;
/** 7.0 keeps greater ones as integers too, up to half of what 64 bits hold. */
const MOST_LONG = 2 ** 62;

/** A score as a small sorted set holds it: `%.17g` before 7.2, as few digits as tell it since. */
export function scoreText(score: number, level: Level): ByteString {
  if (level >= 7.2) return shortDoubleText(score);
  if (Number.isInteger(score) && !Object.is(score, -0)) {
    if (Math.abs(score) <= MOST_INTEGER) return String(score);
    if (level >= 7 && Math.abs(score) < MOST_LONG) return String(BigInt(score));
  }
  return doubleText(score);
}

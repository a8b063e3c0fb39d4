import { crc64 } from '../../redis/crc64.ts';
import type { BuildParts } from './build-id.ts';

/** Digits of a time in seconds from 2001 to 2286. */
const DIGITS = 10;
const HALF = 5;
/** `0` dirty lines and eight zeros of a commit: what follows the time in a package. */
const TAIL = '000000000';
/** May 2014 to May 2033. */
const EARLIEST = 1_400_000_000;
const LATEST = 2_000_000_000;

/**
 * The time stamp that a package was built with, from its build id alone: of the
 * 600 million times that come into question at most one gives this CRC-64, but for one chance in 10^10. Undefined when none does:
 * then it is no package of a distribution that builds reproducibly.
 *
 * A CRC is linear, so the ten digits split into two halves that are looked up against each other.
 */
export function packageEpoch(parts: Omit<BuildParts, 'buildId'>, buildId: string): number | undefined {
  if (!/^[0-9a-f]{1,16}$/.test(buildId)) return undefined;
  const name = parts.package === 'valkey' ? 'valkey' : '';
  const zero = crc64(
    Buffer.from(`${name}${parts.upstream.slice(0, 40)}${'0'.repeat(DIGITS)}${TAIL}`, 'latin1'),
  );
  const wanted = BigInt(`0x${buildId}`) ^ zero;
  const [high, low] = [Number(BigInt.asIntN(32, wanted >> 32n)), Number(BigInt.asIntN(32, wanted))];
  const { left, right } = tables();
  for (let front = EARLIEST / 10 ** HALF; front < left.low.length; front++) {
    const back = right.get((left.low[front] ?? 0) ^ low);
    if (back === undefined) continue;
    const epoch = front * 10 ** HALF + back;
    if (((left.high[front] ?? 0) ^ change(back, 0)[1]) === high) return epoch;
  }
  return undefined;
}

interface Tables {
  /** By the first five digits: what they change in the CRC. */
  readonly left: { readonly low: Int32Array; readonly high: Int32Array };
  /** By the low half of what the last five digits change: those digits. */
  readonly right: ReadonlyMap<number, number>;
}

let made: Tables | undefined;

function tables(): Tables {
  made ??= {
    left: changes(LATEST / 10 ** HALF, DIGITS - HALF),
    right: new Map(Array.from(changes(10 ** HALF, 0).low, (low, value) => [low, value])),
  };
  return made;
}

/** What the digits of 0 to `count - 1` change, with `after` more digits behind them. */
function changes(count: number, after: number): { low: Int32Array; high: Int32Array } {
  const low = new Int32Array(count);
  const high = new Int32Array(count);
  for (let value = 0; value < count; value++) {
    const [one, two] = change(value, after);
    low[value] = one;
    high[value] = two;
  }
  return { low, high };
}

function change(value: number, after: number): readonly [low: number, high: number] {
  let low = 0;
  let high = 0;
  for (let place = 0, rest = value; rest > 0; place++, rest = Math.floor(rest / 10)) {
    const [one, two] = digit(rest % 10, place + after);
    low ^= one;
    high ^= two;
  }
  return [low, high];
}

const digits = new Map<number, readonly [low: number, high: number]>();

/** What a digit instead of 0 changes, so many digits before the end of the time. */
function digit(value: number, place: number): readonly [low: number, high: number] {
  const key = place * 10 + value;
  const known = digits.get(key);
  if (known !== undefined) return known;
  const found = crc64(Buffer.concat([Buffer.of(value), Buffer.alloc(place + TAIL.length)]));
  const halves = [Number(BigInt.asIntN(32, found)), Number(BigInt.asIntN(32, found >> 32n))] as const;
  digits.set(key, halves);
  return halves;
}

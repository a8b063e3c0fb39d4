import type { SettingKind } from '../persona.ts';
import type { Level } from '../version.ts';
import { refuse } from './setting-fault.ts';

type NumberKind = Extract<SettingKind, { least: number }>;

const UNITS: Readonly<Record<string, bigint>> = {
  '': 1n,
  b: 1n,
  k: 1_000n,
  kb: 1_024n,
  m: 1_000_000n,
  mb: 1_048_576n,
  g: 1_000_000_000n,
  gb: 1_073_741_824n,
};
const MOST_SIGNED = 9_223_372_036_854_775_807n;
const MOST_UNSIGNED = 18_446_744_073_709_551_615n;
const LONGEST = 64;

/** A number as CONFIG GET will show it. Memory settings take units, and some of them a share of `maxmemory`. */
export function numberValue(level: Level, name: string, value: string, kind: NumberKind): string {
  const percent = kind.percent === true && /^\d{1,18}%$/.test(value.slice(0, LONGEST)) ? value : undefined;
  if (percent !== undefined) {
    if (Number.parseInt(percent, 10) > 100) refuse('percentage argument must be less or equal to 100');
    return `${BigInt(percent.slice(0, -1))}%`;
  }
  const number = kind.memory ? memoryValue(level, value) : wholeNumber(value);
  if (number === undefined) {
    const wanted = kind.percent === true ? 'a memory or percent value' : 'a memory value';
    return refuse(kind.memory ? `argument must be ${wanted}` : "argument couldn't be parsed into an integer");
  }
  const highest = name === 'maxmemory' && level >= 6.2 ? MOST_UNSIGNED : MOST_SIGNED;
  const most = kind.most === Number.MAX_SAFE_INTEGER ? highest : BigInt(kind.most);
  if (number < BigInt(kind.least) || number > most) {
    return refuse(`argument must be between ${kind.least} and ${most} inclusive`);
  }
  return String(number);
}

function wholeNumber(value: string): bigint | undefined {
  if (!/^(0|-?[1-9]\d{0,18})$/.test(value.slice(0, 32))) return undefined;
  const number = BigInt(value);
  return number > MOST_SIGNED || number < -MOST_SIGNED - 1n ? undefined : number;
}

/** No digits are 0 and too many the most there is, as strtoull has it; a product wraps round, as in C. */
export function memoryValue(level: Level, value: string): bigint | undefined {
  const parts = /^(\d{0,40})([a-z]{0,2})$/i.exec(value.slice(0, LONGEST));
  const unit = UNITS[(parts?.[2] ?? '?').toLowerCase()];
  if (parts?.[1] === undefined || unit === undefined) return undefined;
  const digits = BigInt(parts[1]);
  if (level >= 6.2) return BigInt.asUintN(64, (digits > MOST_UNSIGNED ? MOST_UNSIGNED : digits) * unit);
  const product = BigInt.asIntN(64, (digits > MOST_SIGNED ? MOST_SIGNED : digits) * unit);
  return product < 0n ? undefined : product;
}

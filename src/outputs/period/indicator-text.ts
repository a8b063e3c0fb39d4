import type { Indicator } from '../../model/indicator.ts';
import { printable, printableText } from '../../model/printable.ts';
import { defanged } from '../defang.ts';

const DEFANGED = new Set(['url', 'host', 'address', 'endpoint']);

/** What a person reads of an indicator: places defanged, hashes with the sample behind them. */
export function indicatorText({ kind, value, sample }: Indicator): string {
  const text = printable(value, 200);
  if (DEFANGED.has(kind)) return defanged(text);
  return sample === undefined || sample === value
    ? text
    : `${text.slice(0, 16)} ${printableText(sample, 120)}`;
}

import type { Indicator } from '../../model/indicator.ts';
import { completed, ImportedIndicator, imported, kindOf } from './imported-indicator.ts';
import type { ReadIndicators } from './indicator-file.ts';
import { MOST_INDICATORS } from './indicator-file.ts';
import { indicatorsFromStix, isBundle } from './read-indicators-stix.ts';

/** `sundew indicators --json`: an array of indicators, or one; also `{"type": ..., "value": ...}` of others. */
export function indicatorsFromJson(document: unknown, now: number): ReadIndicators {
  const items: readonly unknown[] = Array.isArray(document) ? document : [document];
  if (items.length > MOST_INDICATORS) return { message: `holds more than ${MOST_INDICATORS} indicators` };
  const indicators: Indicator[] = [];
  let skipped = 0;
  for (const [at, item] of items.entries()) {
    const one = indicatorOf(item, now);
    if (one === 'other') skipped += 1;
    else if (one === undefined)
      return { message: `entry ${at + 1} is no indicator: it needs kind and value` };
    else indicators.push(one);
  }
  return { indicators, skipped };
}

/** NDJSON: one indicator, or one STIX bundle, a line. */
export function indicatorsFromLines(text: string, now: number): ReadIndicators {
  const indicators: Indicator[] = [];
  let skipped = 0;
  let line = 0;
  for (let at = 0; at < text.length; ) {
    const end = text.indexOf('\n', at);
    const row = text.slice(at, end < 0 ? text.length : end).trim();
    at = end < 0 ? text.length : end + 1;
    line += 1;
    if (row === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(row);
    } catch {
      return { line, message: 'is not JSON' };
    }
    if (isBundle(value)) {
      const read = indicatorsFromStix(value, now);
      if ('message' in read) return { line, message: read.message };
      for (const one of read.indicators) indicators.push(one);
      skipped += read.skipped;
      continue;
    }
    const one = indicatorOf(value, now);
    if (one === undefined) return { line, message: 'is no indicator: it needs kind and value' };
    if (one === 'other') skipped += 1;
    else indicators.push(one);
    if (indicators.length > MOST_INDICATORS)
      return { line, message: `is beyond the ${MOST_INDICATORS} indicators of one file` };
  }
  return { indicators, skipped };
}

function indicatorOf(item: unknown, now: number): Indicator | 'other' | undefined {
  const own = ImportedIndicator.safeParse(item);
  if (own.success) return completed(own.data, now);
  if (typeof item !== 'object' || item === null) return undefined;
  const name: unknown = Reflect.get(item, 'kind') ?? Reflect.get(item, 'type');
  const value: unknown = Reflect.get(item, 'value') ?? Reflect.get(item, 'indicator');
  if (typeof name !== 'string' || typeof value !== 'string') return undefined;
  const kind = kindOf(name);
  return kind === undefined ? 'other' : imported(kind, value, now);
}

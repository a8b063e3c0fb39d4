import type { ReadIndicators } from './indicator-file.ts';
import { LONGEST_INDICATOR_FILE } from './indicator-file.ts';
import { indicatorsFromCsv } from './read-indicators-csv.ts';
import { indicatorsFromJson, indicatorsFromLines } from './read-indicators-json.ts';
import { indicatorsFromStix, isBundle } from './read-indicators-stix.ts';

/**
 * Indicators of a file: CSV (ours, or columns `type,value`), JSON and NDJSON (ours), or a STIX 2.1 bundle. Which it is
 * is told by its first character.
 *
 * @param now milliseconds since 1970 UTC, for entries without a time.
 */
export function readIndicators(text: string, now: number): ReadIndicators {
  if (text.length > LONGEST_INDICATOR_FILE) return { message: 'is larger than 64 MiB: split it' };
  const bare = text.startsWith('\ufeff') ? text.slice(1) : text;
  const first = /\S/.exec(bare.slice(0, 1_024))?.[0];
  if (first === undefined) return { message: 'is empty' };
  if (first !== '{' && first !== '[') return indicatorsFromCsv(bare, now);
  const whole = parsed(bare);
  if (whole === undefined) return indicatorsFromLines(bare, now);
  if (isBundle(whole)) return indicatorsFromStix(whole, now);
  return indicatorsFromJson(whole, now);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

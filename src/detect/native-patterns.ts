import type { Firewall } from '../content/firewall.ts';
import { LONGEST_TEXT, openFirewall } from '../content/firewall.ts';
import type { ByteString } from '../model/bytes.ts';
import { bytesFromText } from '../model/bytes.ts';

/**
 * Expressions by RE2 itself, where the optional package brings it: several times as fast as its translation to JavaScript, and
 * the same verdicts. Where each of the wanted ones matched first; undefined when RE2 cannot be asked about this text.
 */
export type NativeSearch = (
  text: ByteString,
  wanted: readonly number[],
) => ReadonlyMap<number, number> | undefined;

/** Microseconds for one text and all patterns that are worth it. */
const MOST_TIME = 50_000;

export function nativePatterns(expressions: readonly string[]): NativeSearch {
  let opened: { readonly firewall: Firewall | undefined } | undefined;
  const open = (): Firewall | undefined => {
    opened ??= {
      firewall: openFirewall(
        expressions.map((regex, index) => ({
          id: String(index),
          operator: 'match_regex',
          address: String(index),
          regex: bytesFromText(regex),
        })),
        MOST_TIME,
      ),
    };
    return opened.firewall;
  };
  return (text, wanted) => {
    const firewall = Buffer.byteLength(text) > LONGEST_TEXT ? undefined : open();
    if (firewall === undefined || wanted.some((index) => firewall.refused.has(String(index))))
      return undefined;
    const { matches, late } = firewall.run(Object.fromEntries(wanted.map((index) => [String(index), text])));
    if (late) return undefined;
    return new Map(
      matches.map(({ rule, highlight }) => [Number(rule), Math.max(0, text.indexOf(highlight))]),
    );
  };
}

import { hasFirewall, openFirewall } from '../../content/firewall.ts';
import type { ByteString } from '../../model/bytes.ts';

/** One question to libddwaf: a regular expression, or libinjection. */
export type NativeCheck = { readonly regex: string } | { readonly operator: 'is_sqli' | 'is_xss' };

/** Asks several checks about one value at a time; numbers are places in the list it was made of. */
export interface NativeChecks {
  /** Checks that libddwaf did not take. */
  readonly refused: ReadonlySet<number>;
  /** Those of `which` that hold. The value may have `NATIVE_LONGEST` characters. */
  holding(which: readonly number[], value: ByteString): ReadonlySet<number>;
}

/** libddwaf cuts strings beyond 4096 bytes of UTF-8; a byte of ours above 127 takes two. */
export const NATIVE_LONGEST = 4096;

/** The time that libddwaf may take for one value, in microseconds. */
const BUDGET = 1_000_000;

export interface NativeEngine {
  compile(checks: readonly NativeCheck[]): NativeChecks;
}

/** Undefined where the package is not installed or has no build for this machine. */
export function loadNativeEngine(): NativeEngine | undefined {
  return hasFirewall() ? { compile } : undefined;
}

function compile(checks: readonly NativeCheck[]): NativeChecks {
  const rules = checks.map((check, index) => {
    const place = { id: String(index), address: `v${index}` };
    if ('operator' in check) return { ...place, operator: check.operator };
    return {
      ...place,
      operator: 'match_regex' as const,
      regex: check.regex,
      caseSensitive: true,
      shortest: 0,
    };
  });
  const firewall = openFirewall(rules, BUDGET);
  return {
    refused: firewall === undefined ? new Set(checks.keys()) : new Set([...firewall.refused].map(Number)),
    holding: (which, value) => {
      const texts = Object.fromEntries(which.map((check) => [`v${check}`, value]));
      return new Set(firewall?.run(texts).matches.map(({ rule }) => Number(rule)));
    },
  };
}

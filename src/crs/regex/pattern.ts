import { RE2JS } from 're2js';
import type { ByteString } from '../../model/bytes.ts';
import { emit } from './emit.ts';
import { requiredLiterals } from './literals.ts';
import { parsePattern } from './parse.ts';
import { backtrackingLimit } from './safety.ts';

/** Values up to here may be searched by V8 even with what no linear engine has (look-ahead, back references). */
const LONGEST_BEYOND = 256;

/** One pattern of a rule, made ready. Throws PatternFault when it cannot be read. */
export interface Pattern {
  /** One of these, in lower case, is in every text that matches. */
  readonly literals: readonly ByteString[] | undefined;
  /** V8 answers for values up to this length; above it a linear engine has to. */
  readonly shortest: number;
  /** As RE2 would have it; undefined when RE2 cannot: then longer values never match. */
  readonly linear: string | undefined;
  /** What was lost or changed on the way from PCRE; empty for most. */
  readonly losses: readonly string[];
  /** For values up to `shortest`. */
  testShort(value: ByteString): boolean;
  /** For any value; slow, and linear in its length. */
  testLong(value: ByteString): boolean;
  /** The match and its groups; those without part in it are undefined. */
  groups(value: ByteString): readonly (ByteString | undefined)[];
}

export function compilePattern(source: ByteString): Pattern {
  const { node, beyondLinear, loosened } = parsePattern(source);
  const losses = loosened ? ['possessive parts are matched as greedy ones'] : [];
  let re2: RE2JS | undefined;
  let linear: string | undefined = emit(node, 're2');
  try {
    re2 = RE2JS.compile(linear, beyondLinear.includes('lookbehind') ? RE2JS.LOOKBEHINDS : 0);
  } catch {
    linear = undefined;
    losses.push(
      `values over ${LONGEST_BEYOND} bytes are not looked at (${beyondLinear.join(', ') || 'too large for RE2'})`,
    );
  }
  let v8: RegExp | undefined;
  const short = (): RegExp => (v8 ??= new RegExp(emit(node, 'v8')));
  const shortest = linear === undefined ? LONGEST_BEYOND : backtrackingLimit(node);
  return {
    literals: requiredLiterals(node),
    shortest,
    linear,
    losses,
    testShort: (value) => short().test(value),
    testLong: (value) => re2?.test(value) ?? false,
    groups: (value) => {
      if (value.length <= shortest) return [...(short().exec(value) ?? [])];
      const matcher = re2?.matcher(value);
      if (matcher === undefined || !matcher.find()) return [];
      return Array.from(
        { length: matcher.groupCount() + 1 },
        (_, group) => matcher.group(group) ?? undefined,
      );
    },
  };
}

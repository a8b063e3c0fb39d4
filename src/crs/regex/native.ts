import { createRequire } from 'node:module';
import type { ByteString } from '../../model/bytes.ts';

/** The part of the optional package @datadog/native-appsec (libddwaf 1.30) that is used here. */
interface NativeModule {
  readonly DDWAF: new (rules: object, path: string) => NativeWaf;
}

interface NativeWaf {
  readonly diagnostics: { readonly rules?: object };
  createContext(): NativeContext;
}

interface NativeContext {
  run(payload: { ephemeral: Readonly<Record<string, string>> }, microseconds: number): NativeResult;
  dispose(): void;
}

interface NativeResult {
  readonly timeout?: boolean;
  readonly events?: readonly { readonly rule?: { readonly id?: string } }[];
}

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
  let module: NativeModule;
  try {
    module = createRequire(import.meta.url)('@datadog/native-appsec') as NativeModule;
  } catch {
    return undefined;
  }
  return { compile: (checks) => compile(module, checks) };
}

function compile(module: NativeModule, checks: readonly NativeCheck[]): NativeChecks {
  let waf: NativeWaf;
  try {
    waf = new module.DDWAF(
      { version: '2.2', metadata: { rules_version: '1' }, rules: checks.map(nativeRule) },
      'sundew',
    );
  } catch {
    // It throws when it takes none of them.
    return { refused: new Set(checks.keys()), holding: () => new Set() };
  }
  const refused = new Set(failedIds(waf.diagnostics.rules).map(Number));
  return {
    refused,
    holding: (which, value) => {
      const ephemeral: Record<string, string> = {};
      for (const check of which) ephemeral[`v${check}`] = value;
      // A context per value: libddwaf tells a match of a rule once a context.
      const context = waf.createContext();
      try {
        const { events = [] } = context.run({ ephemeral }, BUDGET);
        return new Set(events.map(({ rule }) => Number(rule?.id)));
      } finally {
        context.dispose();
      }
    },
  };
}

/** Rules of one type stop at the first that holds, so each has a type of its own. */
function nativeRule(check: NativeCheck, index: number): object {
  const inputs = [{ address: `v${index}` }];
  const condition =
    'regex' in check
      ? {
          operator: 'match_regex',
          parameters: { inputs, regex: check.regex, options: { case_sensitive: true, min_length: 0 } },
        }
      : { operator: check.operator, parameters: { inputs } };
  return {
    id: String(index),
    name: String(index),
    tags: { type: String(index), category: 'crs' },
    conditions: [condition],
    transformers: [],
  };
}

function failedIds(rules: object | undefined): readonly string[] {
  const failed: unknown = rules !== undefined && 'failed' in rules ? rules.failed : [];
  return Array.isArray(failed) ? failed.filter((id): id is string => typeof id === 'string') : [];
}

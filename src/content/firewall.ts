import { createRequire } from 'node:module';

/** As far as @datadog/native-appsec (libddwaf: libinjection, RE2) is used here. */
export interface Firewall {
  /** Ids of rules that it did not take: they never hold. */
  readonly refused: ReadonlySet<string>;
  /** Of the addresses with a text, each rule that holds for its address; `late` when time ran out before all were tried. */
  run(texts: Readonly<Record<string, string>>): {
    readonly matches: readonly FirewallMatch[];
    readonly late: boolean;
  };
}

export interface FirewallMatch {
  readonly rule: string;
  /** What of the text matched; for libinjection its fingerprint. */
  readonly highlight: string;
}

export interface FirewallRule {
  readonly id: string;
  readonly operator: 'match_regex' | 'is_sqli' | 'is_xss';
  readonly address: string;
  /** RE2; without case unless `caseSensitive`. */
  readonly regex?: string;
  readonly caseSensitive?: boolean;
  /** Of a text that a regex is tried on, in bytes; usually 1. */
  readonly shortest?: number;
}

/** Texts of more UTF-8 bytes than this are cut by the library. */
export const LONGEST_TEXT = 4_080;

interface Answer {
  readonly timeout?: boolean;
  readonly events?: readonly {
    readonly rule: { readonly id: string };
    readonly rule_matches?: readonly {
      readonly parameters?: readonly { readonly highlight?: readonly string[] }[];
    }[];
  }[];
}
interface Library {
  readonly DDWAF: new (
    rules: object,
    path: string,
  ) => {
    readonly diagnostics: { readonly rules?: { readonly failed?: readonly unknown[] } };
    createContext(): {
      run(payload: { readonly ephemeral: Readonly<Record<string, string>> }, timeout: number): Answer;
      dispose(): void;
    };
  };
}

/** Whether the optional package is here. */
export function hasFirewall(): boolean {
  return load() !== undefined;
}

/**
 * Undefined where the optional package is not there.
 *
 * @param mostTime of one run, in microseconds.
 */
export function openFirewall(rules: readonly FirewallRule[], mostTime: number): Firewall | undefined {
  const library = load();
  if (library === undefined) return undefined;
  let firewall: InstanceType<Library['DDWAF']>;
  try {
    const metadata = { rules_version: '1' };
    firewall = new library.DDWAF({ version: '2.2', metadata, rules: rules.map(inItsWords) }, 'sundew');
  } catch {
    // It throws when it takes none of them.
    return { refused: new Set(rules.map(({ id }) => id)), run: () => ({ matches: [], late: false }) };
  }
  return {
    refused: new Set((firewall.diagnostics.rules?.failed ?? []).map(String)),
    run: (texts) => {
      // A context a run: libddwaf tells a match of a rule once a context.
      const context = firewall.createContext();
      try {
        const { timeout, events = [] } = context.run({ ephemeral: texts }, mostTime);
        const matches = events.map(({ rule, rule_matches: held }) => ({
          rule: rule.id,
          highlight: held?.[0]?.parameters?.[0]?.highlight?.[0] ?? '',
        }));
        return { matches, late: timeout === true };
      } finally {
        context.dispose();
      }
    },
  };
}

function inItsWords({ id, operator, address, regex, caseSensitive, shortest }: FirewallRule): object {
  const options = { case_sensitive: caseSensitive ?? false, min_length: shortest ?? 1 };
  return {
    id,
    name: id,
    // Of rules of one type only the first that holds is told.
    tags: { type: id, category: 'attack' },
    conditions: [
      { operator, parameters: { inputs: [{ address }], ...(regex === undefined ? {} : { regex, options }) } },
    ],
    transformers: [],
  };
}

let loaded: { readonly library: Library | undefined } | undefined;

function load(): Library | undefined {
  loaded ??= { library: required() };
  return loaded.library;
}

function required(): Library | undefined {
  try {
    return createRequire(import.meta.url)('@datadog/native-appsec') as Library;
  } catch {
    return undefined;
  }
}

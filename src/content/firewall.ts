import { createRequire } from 'node:module';

/** As far as @datadog/native-appsec (libddwaf: libinjection, RE2) is used here. */
export interface Firewall {
  /** Of the addresses with a text, each rule that holds for its address. Undefined when it ran out of time. */
  run(texts: Readonly<Record<string, string>>): readonly FirewallMatch[] | undefined;
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
  /** RE2, without case. */
  readonly regex?: string;
}

/** Texts of more UTF-8 bytes than this are cut by the library. */
export const LONGEST_TEXT = 4_080;

/** Microseconds; what takes longer is told to the caller. */
const MOST_TIME = 50_000;

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
    createContext(): {
      run(payload: { readonly ephemeral: Readonly<Record<string, string>> }, timeout: number): Answer;
      dispose(): void;
    };
  };
}

/** Undefined where the optional package is not there, or does not take one of the rules. */
export function openFirewall(rules: readonly FirewallRule[]): Firewall | undefined {
  const library = load();
  if (library === undefined) return undefined;
  let firewall: InstanceType<Library['DDWAF']>;
  try {
    firewall = new library.DDWAF({ version: '2.1', rules: rules.map(inItsWords) }, 'sundew');
  } catch {
    return undefined;
  }
  return {
    run: (texts) => {
      const context = firewall.createContext();
      try {
        const { timeout, events = [] } = context.run({ ephemeral: texts }, MOST_TIME);
        if (timeout === true) return undefined;
        return events.map(({ rule, rule_matches: matches }) => ({
          rule: rule.id,
          highlight: matches?.[0]?.parameters?.[0]?.highlight?.[0] ?? '',
        }));
      } finally {
        context.dispose();
      }
    },
  };
}

function inItsWords({ id, operator, address, regex }: FirewallRule): object {
  const expression = regex === undefined ? {} : { regex, options: { case_sensitive: false, min_length: 1 } };
  return {
    id,
    name: id,
    // Of rules of one type only the first that holds is told.
    tags: { type: id, category: 'attack' },
    conditions: [{ operator, parameters: { inputs: [{ address }], ...expression } }],
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

import type { Firewall } from './firewall.ts';
import { LONGEST_TEXT, openFirewall } from './firewall.ts';

/** What is lost where libinjection is absent; undefined where it is there. */
export function injectionLoss(): string | undefined {
  return injections() === undefined
    ? 'libinjection is not here (optional package @datadog/native-appsec): SQL injection and cross-site scripting are told by patterns alone, and more slowly'
    : undefined;
}

/** The kinds of words that libinjection took the text for, such as `s&1c`, when it is an SQL injection. */
export function sqlFingerprint(text: string): string | undefined {
  return ask('sql', text);
}

/** Whether a browser would run something of this text. */
export function isHtmlInjection(text: string): boolean {
  return ask('html', text) !== undefined;
}

/** Microseconds for one text. */
const MOST_TIME = 50_000;

function ask(kind: 'sql' | 'html', text: string): string | undefined {
  const answer = injections()?.run({ [kind]: text.slice(0, LONGEST_TEXT) });
  return answer === undefined || answer.late ? undefined : answer.matches[0]?.highlight;
}

let opened: { readonly firewall: Firewall | undefined } | undefined;

function injections(): Firewall | undefined {
  opened ??= {
    firewall: openFirewall(
      [
        { id: 'sql', operator: 'is_sqli', address: 'sql' },
        { id: 'html', operator: 'is_xss', address: 'html' },
      ],
      MOST_TIME,
    ),
  };
  return opened.firewall;
}

import type { ByteString } from '../../model/bytes.ts';
import { CUE, cuesIn } from './cue-words.ts';
import type { Leak, LeakDetector } from './leak.ts';
import { MOST_LEAKS_A_VALUE } from './leak.ts';
import { isSample } from './placeholders.ts';

interface NamedForm {
  readonly provider: string;
  readonly title: string;
  /** A word that stands within 60 bytes before the token, in lower case. */
  readonly word: string;
  readonly form: RegExp;
}

/** Tokens whose form alone says too little (32 hexadecimal digits are any digest): their provider is named before them. */
const NAMED: readonly NamedForm[] = [
  named('twilio', 'Twilio auth token', /(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])/i),
  named(
    'heroku',
    'Heroku key',
    /(?<![0-9a-z-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-z-])/i,
  ),
  named('datadog', 'Datadog key', /(?<![0-9a-z])(?:[0-9a-f]{32}|[0-9a-f]{40})(?![0-9a-z])/i),
  named('cloudflare', 'Cloudflare key', /(?<![\w-])(?:[0-9a-f]{37}|[\w-]{40})(?![\w-])/),
  named('okta', 'Okta token', /(?<![\w-])00[\w-]{40}(?![\w-])/),
  named('mailgun', 'Mailgun key', /(?<![0-9a-z-])[0-9a-f]{32}-[0-9a-f]{8}-[0-9a-f]{8}(?![0-9a-z-])/),
  named('algolia', 'Algolia key', /(?<![0-9a-z])[0-9a-f]{32}(?![0-9a-z])/i),
  named('pagerduty', 'PagerDuty key', /(?<![\w+-])[a-z0-9+_-]{20}(?![\w+-])/i),
  named('azure', 'Azure key', /(?<![\w+/])[A-Za-z0-9+/]{43}=(?!=)/),
  named(
    'snyk',
    'Snyk token',
    /(?<![0-9a-z-])[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}(?![0-9a-z-])/,
  ),
];
const REACH = 110;

function named(provider: string, title: string, form: RegExp): NamedForm {
  return { provider, title, word: provider, form };
}

const WORDS = new RegExp(NAMED.map(({ word }) => word).join('|'), 'gi');

export const namedTokens: LeakDetector = (text) => [...byProvider(text), ...byShape(text)];

function byProvider(text: ByteString): Leak[] {
  const leaks: Leak[] = [];
  if ((cuesIn(text) & CUE.provider) === 0) return leaks;
  for (const { 0: hit, index } of text.matchAll(WORDS)) {
    if (leaks.length >= MOST_LEAKS_A_VALUE) break;
    const found = NAMED.find(({ word }) => word === hit.toLowerCase());
    const near = text.slice(index + hit.length, index + hit.length + REACH);
    // The name of a field that holds a secret has to stand between: URLs and ids of the provider are none.
    const field = /(?:token|key|secret|auth|password)[a-z_]{0,8}["'\]\s:=>,\\]{1,8}(?:s:\d+:)?\\?["']?/i.exec(
      near,
    );
    if (found === undefined || field === null) continue;
    const rest = near.slice(field.index + field[0].length);
    const token = found.form.exec(rest);
    if (token === null || token.index > 2 || isSample(token[0])) continue;
    leaks.push({ kind: `token.${found.provider}`, title: found.title, severity: 'high', secret: token[0] });
  }
  return leaks;
}

/** Forms with a mark in their middle. */
const MARKED: readonly (readonly [
  provider: string,
  title: string,
  mark: string,
  before: number,
  form: RegExp,
])[] = [
  ['telegram', 'Telegram bot token', ':AA', 10, /(?<![\w-])\d{8,10}:AA[\w-]{33}(?![\w-])/],
  ['telegram', 'Telegram bot token', '%3AAA', 10, /(?<![\w-])\d{8,10}%3AAA[\w-]{33}(?![\w-])/],
  ['azure', 'Azure client secret', 'Q~', 4, /(?<![\w~.-])[\w~.-]{3}\dQ~[\w~.-]{31,34}(?![\w~.-])/],
  [
    'azure',
    'Azure DevOps token',
    'AZDO',
    80,
    /(?<![A-Za-z0-9])[A-Za-z0-9]{76}AZDO[A-Za-z0-9]{4}(?![A-Za-z0-9])/,
  ],
  ['mailchimp', 'Mailchimp key', '-us', 32, /(?<![0-9a-z])[0-9a-f]{32}-us\d{1,2}(?![0-9a-z])/],
  [
    'terraform',
    'Terraform Cloud token',
    '.atlasv1.',
    14,
    /(?<![\w.])[A-Za-z0-9]{14}\.atlasv1\.[\w-]{60,70}(?![\w-])/,
  ],
];

function byShape(text: ByteString): Leak[] {
  const leaks: Leak[] = [];
  if ((cuesIn(text) & CUE.shape) === 0 && !text.includes('Q~')) return leaks;
  for (const [provider, title, mark, before, form] of MARKED) {
    for (
      let at = text.indexOf(mark);
      at >= 0 && leaks.length < MOST_LEAKS_A_VALUE;
      at = text.indexOf(mark, at + 1)
    ) {
      const word = form.exec(text.slice(Math.max(0, at - before - 1), at + 90))?.[0].replace('%3A', ':');
      // In a URL of the Telegram API `bot` stands right before it.
      const bot = /^bot(\d{8,10}:AA[\w-]{33})(?![\w-])/.exec(
        text.slice(Math.max(0, at - 13), at + 40).replace(/^.*?(?=bot\d)/s, ''),
      );
      const secret = word ?? bot?.[1];
      if (secret === undefined || isSample(secret)) continue;
      leaks.push({ kind: `token.${provider}`, title, severity: 'high', secret });
    }
  }
  return leaks;
}

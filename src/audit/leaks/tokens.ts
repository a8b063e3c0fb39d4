import { crc32 } from 'node:zlib';
import type { ByteString } from '../../model/bytes.ts';
import type { Severity } from '../../model/severity.ts';
import type { Leak, LeakDetector } from './leak.ts';
import { MOST_LEAKS_A_VALUE } from './leak.ts';
import { words } from './words.ts';

const LONGEST_TOKEN = 256;

interface TokenForm {
  readonly kind: string;
  readonly title: string;
  readonly severity: Severity;
  readonly prefix: string;
  /** The whole word; anchored, and words are at most 256 bytes. */
  readonly form: RegExp;
  /** What the form cannot say. */
  readonly holds?: (word: string) => boolean;
}

/** Forms as the providers document them. */
const FORMS: readonly TokenForm[] = [
  form(
    'github',
    'GitHub token',
    'high',
    ['ghp_', 'gho_', 'ghu_', 'ghs_', 'ghr_'],
    /^gh[pousr]_[A-Za-z0-9]{36}$/,
    githubChecksumHolds,
  ),
  form(
    'github',
    'GitHub fine-grained token',
    'high',
    ['github_pat_'],
    /^github_pat_[A-Za-z0-9]{22}_[A-Za-z0-9]{59}$/,
  ),
  form('gitlab', 'GitLab token', 'high', ['glpat-'], /^glpat-[A-Za-z0-9_-]{20,64}$/),
  form(
    'slack',
    'Slack token',
    'high',
    ['xoxb-', 'xoxp-', 'xoxa-', 'xoxr-', 'xoxs-'],
    /^xox[abprs]-\d{8,14}-[A-Za-z0-9-]{10,200}$/,
  ),
  form('stripe', 'Stripe live key', 'critical', ['sk_live_', 'rk_live_'], /^[sr]k_live_[A-Za-z0-9]{20,120}$/),
  form('google', 'Google API key', 'high', ['AIza'], /^AIza[A-Za-z0-9_-]{35}$/),
  form('sendgrid', 'SendGrid key', 'high', ['SG.'], /^SG\.[A-Za-z0-9_-]{22}\.[A-Za-z0-9_-]{43}$/),
  form('npm', 'npm token', 'high', ['npm_'], /^npm_[A-Za-z0-9]{36}$/, githubChecksumHolds),
  form('digitalocean', 'DigitalOcean token', 'high', ['dop_v1_', 'doo_v1_'], /^do[op]_v1_[0-9a-f]{64}$/),
  form('anthropic', 'Anthropic key', 'high', ['sk-ant-'], /^sk-ant-[a-z0-9]{3,8}-[A-Za-z0-9_-]{80,120}$/),
  form('openai', 'OpenAI key', 'high', ['sk-proj-'], /^sk-proj-[A-Za-z0-9_-]{40,200}$/),
].flat();

function form(
  provider: string,
  title: string,
  severity: Severity,
  prefixes: readonly string[],
  expression: RegExp,
  holds?: (word: string) => boolean,
): TokenForm[] {
  return prefixes.map((prefix) => ({
    kind: `token.${provider}`,
    title,
    severity,
    prefix,
    form: expression,
    ...(holds === undefined ? {} : { holds }),
  }));
}

/** Tokens of services, recognised by the form their provider gave them. Words that only look random are no finding. */
export const tokens: LeakDetector = (text) => {
  const leaks: Leak[] = [];
  for (const word of words(text, LONGEST_TOKEN)) {
    if (leaks.length >= MOST_LEAKS_A_VALUE) break;
    const leak = tokenLeak(word, text) ?? awsKey(word, text);
    if (leak !== undefined) leaks.push(leak);
  }
  return leaks;
};

function tokenLeak(word: string, text: ByteString): Leak | undefined {
  const found = FORMS.find((one) => word.startsWith(one.prefix) && one.form.test(word));
  if (found === undefined || isSample(word, text)) return undefined;
  const { kind, title, severity, holds } = found;
  if (holds === undefined || holds(word)) return { kind, title, severity, secret: word };
  return { kind, title: `${title} (its checksum does not hold)`, severity: 'low', secret: word };
}

/** An access key id is base32 and public by itself; with a secret of 40 characters beside it, it opens the account. */
function awsKey(word: string, text: ByteString): Leak | undefined {
  if (!/^(AKIA|ASIA)[A-Z2-7]{16}$/.test(word) || word.endsWith('EXAMPLE')) return undefined;
  const withSecret = /(?<![A-Za-z0-9/+=])[A-Za-z0-9/+]{40}(?![A-Za-z0-9/+=])/.test(text);
  return {
    kind: 'token.aws',
    title: withSecret ? 'AWS access key with its secret' : 'AWS access key id',
    severity: withSecret ? 'critical' : 'low',
    secret: word,
  };
}

/** One character over and over, or a word that says it is not meant. */
function isSample(word: string, text: ByteString): boolean {
  const tail = word.slice(-16);
  return (
    new Set(tail).size <= 4 || /example|xxxx|placeholder|dummy/i.test(word) || text.includes(`<${word}>`)
  );
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The last six characters are the CRC-32 of those between prefix and them, in base 62 (GitHub, 2021; npm alike). */
function githubChecksumHolds(word: string): boolean {
  const body = word.slice(word.indexOf('_') + 1);
  let sum = crc32(body.slice(0, -6));
  let text = '';
  for (let digit = 0; digit < 6; digit++) {
    text = `${BASE62[sum % 62] ?? ''}${text}`;
    sum = Math.floor(sum / 62);
  }
  return text === body.slice(-6);
}

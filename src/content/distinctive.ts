import type { ByteString } from '../model/bytes.ts';
import { trimmed } from './fingerprint.ts';

/**
 * Names that honest servers hold as well (public key statistics of 2017, the documentation of the frameworks named).
 * An attacker who writes one of these into a sensor must not turn it against the servers that use it.
 */
const ORDINARY_KEY =
  /^(bull|bullmq|celery|_kombu|unacked|resque|sidekiq|queues?|processes|schedule|retry|dead|stat|cron_job|redbeat|spring|micronaut|laravel|horizon|illuminate|wp|wordpress|django|flask|rails|traefik|caddy|caddytls|gitlab|gitea|harbor|airflow|kong|nextcloud|magento|drupal|sess|session|sessions|cache|lock|locks|token|tokens|user|users|account|order|orders|cart|product|config|settings|counter|rate|ratelimit|limit|job|jobs|task|tasks|event|events|message|messages|chat|room|online|status|health|leader|election|master|data|info|list|set|hash|string|queue|stream|streams|test|tests|testing|foo|bar|baz|hello|world|key|keys|value|name|abc|xyz|tmp|temp|backup|backups|dump|log|logs|metrics|feature|flags?|socket\.io|express|connect|passport|auth|oauth|jwt|otp|email|phone|geo|location)s?([:._\-/#|{].*|\d{0,2})$/is;
const SHORTEST_KEY = 4;
const SHORTEST_VALUE = 8;

/** True when meeting this key name elsewhere is more than a coincidence. */
export function isDistinctiveKey(key: ByteString): boolean {
  if (key.length < SHORTEST_KEY || /^\d+$/.test(key.slice(0, 64))) return false;
  return key.length > 256 || !ORDINARY_KEY.test(key);
}

/** True when two servers do not hold this value by chance. */
export function isDistinctiveValue(value: ByteString): boolean {
  const text = trimmed(value);
  if (text.length < SHORTEST_VALUE) return false;
  return !/^(\d+|true|false|null|none|undefined|\{\}|\[\]|a:0:\{\}|hello world!?)$/i.test(text.slice(0, 64));
}

/**
 * Hosts that serve everybody: meeting one says nothing about who was here. A whole URL on them still does.
 */
const SHARED_HOSTS = [
  'github.com githubusercontent.com gitlab.com bitbucket.org pastebin.com transfer.sh ix.io termbin.com paste.ee hastebin.com',
  'google.com googleapis.com amazonaws.com azure.com windows.net cloudfront.net akamaihd.net cloudflare.com jsdelivr.net',
  'npmjs.org pypi.org debian.org ubuntu.com alpinelinux.org docker.com docker.io redis.io discord.com discordapp.com',
  'telegram.org dropbox.com file.io anonfiles.com gofile.io tor2web.io onion.to onion.ws example.com ip-api.com ifconfig.me',
].flatMap((line) => line.split(' '));
const SHARED_ADDRESSES = new Set(['1.1.1.1', '1.0.0.1', '8.8.8.8', '8.8.4.4', '9.9.9.9', '114.114.114.114']);

export function isSharedHost(host: string): boolean {
  return (
    SHARED_ADDRESSES.has(host) || SHARED_HOSTS.some((name) => host === name || host.endsWith(`.${name}`))
  );
}

/** A prefix set off as applications do it: `bull:`, `traefik/`, `{tag}`. Attacks write bare names. */
export function hasNamespace(key: ByteString): boolean {
  return /[:/|{]/.test(key.slice(0, 512));
}

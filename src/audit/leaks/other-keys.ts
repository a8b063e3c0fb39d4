import type { KeyObject } from 'node:crypto';
import { createPrivateKey } from 'node:crypto';
import { isKeyInDer } from '../../content/unpacked-views.ts';
import type { ByteString } from '../../model/bytes.ts';
import type { Leak, LeakDetector } from './leak.ts';
import { MOST_LEAKS_A_VALUE } from './leak.ts';
import { keyLeak } from './private-keys.ts';

/** Private keys that have no PEM lines around them: PuTTY, WireGuard, JSON web keys, and bare DER (Traefik's acme.json). */
export const otherKeys: LeakDetector = (text) => [
  ...puttyKeys(text),
  ...wireGuardKeys(text),
  ...webKeys(text),
  ...derKey(text),
];

function puttyKeys(text: ByteString): Leak[] {
  const from = text.indexOf('PuTTY-User-Key-File-');
  if (from < 0) return [];
  const key = text
    .slice(from, from + 16_384)
    .replaceAll('\\r', '')
    .replaceAll('\\n', '\n');
  const head = /^PuTTY-User-Key-File-[23]: ([\w@.-]{4,64})\r?\nEncryption: ([\w-]{3,32})\r?\n/.exec(key);
  const body = /Private-Lines: \d{1,3}\r?\n([A-Za-z0-9+/=\r\n]{32,})/.exec(key)?.[1];
  if (head === null || body === undefined) return [];
  const open = head[2] === 'none';
  return [
    {
      kind: open ? 'private-key.putty' : 'private-key.encrypted',
      title: open ? 'PuTTY private key without a passphrase' : 'PuTTY private key, encrypted',
      severity: open ? 'critical' : 'medium',
      secret: body.replace(/\s/g, ''),
    },
  ];
}

function wireGuardKeys(text: ByteString): Leak[] {
  if (!text.includes('PrivateKey')) return [];
  if (!text.includes('[Interface]') && !/wireguard|\bwg\d/i.test(text.slice(0, 65_536))) return [];
  return [...text.matchAll(/PrivateKey["']?\s?[=:]\s?["']?([A-Za-z0-9+/]{42}[AEIMQUYcgkosw048]=)/g)]
    .slice(0, MOST_LEAKS_A_VALUE)
    .map(([, secret = '']) => ({
      kind: 'private-key.wireguard',
      title: 'WireGuard private key',
      severity: 'critical',
      secret,
    }));
}

/** RFC 7517: the member `d` is the private part. */
function webKeys(text: ByteString): Leak[] {
  const leaks: Leak[] = [];
  let tried = 0;
  for (
    let at = text.indexOf('"kty"');
    at >= 0 && tried < MOST_WEB_KEYS;
    at = text.indexOf('"kty"', at + 5), tried++
  ) {
    const before = text.slice(Math.max(0, at - LONGEST_WEB_KEY), at);
    const behind = text.slice(at, at + LONGEST_WEB_KEY);
    const start = before.lastIndexOf('{');
    const end = behind.indexOf('}');
    if (start < 0 || end < 0) continue;
    const members = before.slice(start) + behind.slice(0, end + 1);
    const key = parsed(() => createPrivateKey({ key: jsonWebKey(members), format: 'jwk' }));
    if (key !== undefined) leaks.push(keyLeak(key));
  }
  return leaks;
}

const MOST_WEB_KEYS = 8;
const LONGEST_WEB_KEY = 4_096;

function jsonWebKey(text: ByteString): Record<string, string> {
  const value: unknown = JSON.parse(text);
  return Object.fromEntries(
    Object.entries(value ?? {}).flatMap(([name, part]: [string, unknown]) =>
      typeof part === 'string' ? [[name, part]] : [],
    ),
  );
}

function derKey(text: ByteString): Leak[] {
  if (text.charCodeAt(0) !== 0x30 || text.length > 16_384) return [];
  const der = Buffer.from(text, 'latin1');
  if (!isKeyInDer(der)) return [];
  for (const type of ['pkcs8', 'pkcs1', 'sec1'] as const) {
    const key = parsed(() => createPrivateKey({ key: der, format: 'der', type }));
    if (key !== undefined) return [keyLeak(key)];
  }
  return [];
}

function parsed(read: () => KeyObject): KeyObject | undefined {
  try {
    return read();
  } catch {
    return undefined;
  }
}

import type { Leak, LeakDetector } from './leak.ts';
import { MOST_LEAKS_A_VALUE } from './leak.ts';
import { isPlaceholderPassword, isSample } from './placeholders.ts';

const CUE = /pass|pwd|secret|api.?key|access.?token|auth.?token|private.?key/i;
const NAMED =
  /(?:pass(?:word|wd|phrase)|pwd|client_?secret|secret_?key|api_?(?:key|secret)|access_?token|refresh_?token|auth_?token)\\?["']?\s{0,3}(?:=>|[:=;])\s{0,3}(?:s:\d{1,4}:)?\\?["']?([^\s"'\\<>{},;&]{8,128})/gi;

/**
 * Values under the name of a secret that look like one. A hint: of generic patterns less than half are secrets (Basak and
 * others, 2023), so none of them makes an answer.
 */
export const namedSecrets: LeakDetector = (text) => {
  const leaks: Leak[] = [];
  if (!CUE.test(text)) return leaks;
  for (const [, secret = ''] of text.matchAll(NAMED)) {
    if (leaks.length >= MOST_LEAKS_A_VALUE) break;
    if (isPlaceholderPassword(secret) || isSample(secret) || !isMixed(secret)) continue;
    leaks.push({
      kind: 'named-secret',
      title: 'value under the name of a password or key',
      severity: 'low',
      secret,
    });
  }
  return leaks;
};

/** Letters and digits, of some variety; no path, address, expression or digest. */
function isMixed(word: string): boolean {
  if (!/[A-Za-z]/.test(word) || !/\d/.test(word) || new Set(word).size < 6) return false;
  return !/^(?:[\w+]{1,16}:\/\/|\/|\.|\$\d?\w*\$|pbkdf2|scrypt|\{)|[()[\]|]|^[0-9a-f]{32,128}$/i.test(word);
}

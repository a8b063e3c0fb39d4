/** What a key, a token or a salt is of when it is secret; a bare `key` or `token` may be anything. */
const OF_WHAT =
  'api|app|application|auth|authentication|access|account|admin|master|private|signing|signature|encryption|crypt|hmac|session|shared|security|secure|service|storage|licen[sc]e|deploy|bot|bearer|refresh|server|http|remember|reset|webhook|consumer|client|function|logged_in|nonce|nomad|consul|hcloud|linode|travis|vultr|gitlab|github|registry|data|read|write|user|password|identity|id|personal|secret';
const QUALIFIED = new RegExp(`(?:${OF_WHAT})[_. -]?$`, 'i');
/** Names that are no secret: what a page, a form or a list was given. */
const HARMLESS =
  /(?:^|[^a-z])(?:csrf|xsrf|public|publishable|page|next|sync|cursor|primary|cache|max|min|device|hash(?:ed)?)[_. -]?$/i;

/** Last words of names under which secrets stand, in the usual languages of code; of `key` and the like isSecretName tells more. */
export const SECRET_WORD =
  'pass(?:word|wd|phrase|code|wort)?|kennwort|senha|contrase(?:n|\\u00f1|\\u00c3\\u00b1)a|mot_?de_?passe|pwd|_pw(?!d)|psk|secret|token|key(?:[_. -]?base)?|salt|masterauth|erlang[_. -]?cookie';

/** @param word what SECRET_WORD found at `start` of the text. */
export function isSecretName(text: string, start: number, word: string): boolean {
  const before = text.slice(Math.max(0, start - 20), start);
  if (/^(?:token|key|salt)/i.test(word)) return QUALIFIED.test(before) && !HARMLESS.test(before);
  // Short words stand in any other, and in random text.
  if (word.length <= 4 && /[A-Za-z0-9]$/.test(before) && !/[a-z]$/.test(before)) return false;
  if (word.length <= 3 && word[0] !== '_' && /[a-z]$/.test(before) && !/^[A-Z][a-z]/.test(word)) return false;
  return !HARMLESS.test(before);
}

import type { ByteString } from '../../model/bytes.ts';
import { CUE, cuesIn } from './cue-words.ts';
import type { Leak, LeakDetector } from './leak.ts';
import { MOST_LEAKS_A_VALUE } from './leak.ts';

/** Forms of crypt(3), of the frameworks, and of LDAP; each says its own name. `$2y$` of Laravel is bcrypt. */
const FORMS: readonly (readonly [name: string, form: RegExp])[] = [
  ['bcrypt', /\$2[abxy]\$(?:0[4-9]|[12]\d|3[01])\$[./A-Za-z0-9]{53}(?![./A-Za-z0-9])/g],
  [
    'argon2',
    /\$argon2(?:id|i|d)\$(?:v=\d{1,3}\$)?m=\d{1,8},t=\d{1,4},p=\d{1,4}(?:,[a-z]+=[\w+/]{1,64})?\$[A-Za-z0-9+/]{8,88}\$[A-Za-z0-9+/]{16,172}/g,
  ],
  [
    'SHA-crypt',
    /\$[56]\$(?:rounds=\d{1,9}\$)?[./A-Za-z0-9]{1,16}\$(?:[./A-Za-z0-9]{86}|[./A-Za-z0-9]{43})(?![./A-Za-z0-9])/g,
  ],
  ['yescrypt', /\$(?:y|gy|7)\$[./A-Za-z0-9]{1,16}\$[./A-Za-z0-9]{1,86}\$[./A-Za-z0-9]{43}(?![./A-Za-z0-9])/g],
  ['MD5-crypt', /\$(?:1|apr1)\$[./A-Za-z0-9]{1,8}\$[./A-Za-z0-9]{22}(?![./A-Za-z0-9])/g],
  ['scrypt', /\$7\$[./A-Za-z0-9]{12,64}\$[./A-Za-z0-9]{43}(?![./A-Za-z0-9])/g],
  ['Cisco', /\$[89]\$[./A-Za-z0-9]{14}\$[./A-Za-z0-9]{43}(?![./A-Za-z0-9])/g],
  ['MySQL', /\$A\$005\$[^"]{20}[./A-Za-z0-9]{43}(?![./A-Za-z0-9])/g],
  ['Kerberos', /\$krb5(?:tgs|asrep|pa)\$\d{1,2}\$[^\s"]{1,200}\$[0-9a-fA-F]{32,4096}/g],
  ['phpass', /\$[PH]\$[5-9A-S][./A-Za-z0-9]{30}(?![./A-Za-z0-9])/g],
  ['Drupal', /\$S\$[5-9A-S][./A-Za-z0-9]{51}(?![./A-Za-z0-9])/g],
  ['passlib PBKDF2', /\$pbkdf2(?:-sha\d{1,3})?\$\d{1,8}\$[./A-Za-z0-9]{8,64}\$[./A-Za-z0-9]{27,90}/g],
  [
    'scrypt',
    /\$scrypt\$(?:ln=\d{1,2},r=\d{1,3},p=\d{1,3}|\d{1,9}\$\d{1,3}\$\d{1,3})\$[./A-Za-z0-9+=]{8,64}\$[./A-Za-z0-9+=]{27,140}/g,
  ],
];

/** Hashes that one character marks. */
const MARKED: readonly (readonly [name: string, cue: string, form: RegExp])[] = [
  ['MySQL', '*', /(?<![\w*])\*[0-9A-F]{40}(?![0-9A-F])/g],
  ['Redis ACL', ' #', /(?<=\s)#[0-9a-f]{64}(?=\s|$)/g],
];

/** Hashes of Django, Werkzeug and LDAP, which have a word where crypt has a dollar. */
const WORDED: readonly (readonly [name: string, cue: string, form: RegExp])[] = [
  ...MARKED,
  [
    'Django PBKDF2',
    'pbkdf2_sha',
    /pbkdf2_sha(?:1|256|512)\$\d{1,8}\$[A-Za-z0-9./+=]{6,64}\$[A-Za-z0-9+/]{27,88}={0,2}/g,
  ],
  [
    'Django scrypt',
    'scrypt$',
    /scrypt\$\d{1,9}\$[A-Za-z0-9./+=]{6,64}\$\d{1,3}\$\d{1,3}\$[A-Za-z0-9+/]{40,90}={0,2}/g,
  ],
  ['Werkzeug', 'pbkdf2:sha', /pbkdf2:sha(?:1|256|512)(?::\d{1,8})?\$[A-Za-z0-9]{6,32}\$[0-9a-f]{40,128}/g],
  ['Werkzeug scrypt', 'scrypt:', /scrypt:\d{1,9}:\d{1,3}:\d{1,3}\$[A-Za-z0-9]{6,32}\$[0-9a-f]{64,128}/g],
  ['LDAP', 'SHA', /\{S?SHA(?:256|384|512)?\}[A-Za-z0-9+/]{27,120}={0,2}/g],
  [
    'SCRAM',
    'SCRAM-SHA',
    /SCRAM-SHA-(?:1|256|512)\$\d{1,8}:[A-Za-z0-9+/=]{8,64}\$[A-Za-z0-9+/=]{20,90}:[A-Za-z0-9+/=]{20,90}/g,
  ],
  ['ASP.NET Identity', 'AQAAAA', /(?<![A-Za-z0-9+/])AQAAAA[EI]AA[A-Za-z0-9+/]{70,110}={0,2}/g],
  ['NTLM', ':::', /(?<![0-9a-z])[\w.$-]{1,64}:\d{1,7}:[0-9a-f]{32}:[0-9a-f]{32}:::/gi],
];

/** Hashes of passwords that can be guessed offline. A bare digest is none: it may be of anything. */
export const passwordHashes: LeakDetector = (text) => {
  const leaks: Leak[] = [];
  const add = (name: string, secret: string): void => {
    if (leaks.length < MOST_LEAKS_A_VALUE && new Set(secret.slice(-24)).size > 6)
      leaks.push({ kind: 'password-hash', title: `password hash (${name})`, severity: 'high', secret });
  };
  if (text.includes('$'))
    for (const [name, form] of FORMS) for (const [secret] of text.matchAll(form)) add(name, secret);
  const worded = (cuesIn(text) & CUE.hash) !== 0;
  for (const [name, cue, form] of worded ? WORDED : MARKED) {
    if (!text.includes(cue)) continue;
    for (const [secret] of text.matchAll(form)) add(name, secret);
  }
  for (const secret of namedDigests(text)) add('a bare digest under the name of a password', secret);
  return leaks;
};

function* namedDigests(text: ByteString): Generator<string> {
  if ((cuesIn(text) & CUE.password) === 0) return;
  for (const [, digest = ''] of text.matchAll(
    /(?:(?:pass(?:word|wd)?|pwd)[_-]?(?:hash|digest|md5|sha1|sha256)?|ntlm(?:_?hash)?|nt_?hash)\\?["']?\s?[:=;>]{1,2}\s?(?:s:\d+:)?\\?["']?([0-9a-f]{128}|[0-9a-f]{64}|[0-9a-f]{40}|[0-9a-f]{32})(?![0-9a-z])/gi,
  ))
    yield digest;
}

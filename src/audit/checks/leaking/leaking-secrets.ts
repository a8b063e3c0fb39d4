import type { Check, FindingDraft } from '../../check.ts';
import type { LeakGroup } from '../../leaks/collect-leaks.ts';

/** A handful of addresses stands in every job queue; from here on it is a store of personal data. */
const MANY_PEOPLE = 10;

/** Reads: the values that were read, decoded. Shows kind, place, count and fingerprint, never the value. */
export const leakingSecrets: Check = {
  id: 'audit.leaking.secrets',
  axis: 'leaking',
  title: 'No secrets or personal data in the values',
  reads: ['GETRANGE and the like'],
  depth: 'L4',
  run: ({ leaks, certificatesWithKey }) => ({
    findings: [
      ...leaks.filter(({ count }) => count > 0).map(findingOf),
      ...(certificatesWithKey.length > 0 ? [certificates(certificatesWithKey)] : []),
    ],
  }),
};

function findingOf(group: LeakGroup): FindingDraft {
  const { kind, title, severity, count, places } = group;
  const personal = kind.startsWith('personal.');
  const decides = decidesAxis(group);
  const where = [...places];
  const people =
    personal && group.people !== undefined ? `; ${group.people} people in all personal data` : '';
  const many = `${count} distinct, in ${where.length}${where.length >= 10 ? ' or more' : ''} key${where.length === 1 ? '' : 's'}${people}`;
  return {
    rule: `audit.leaking.${kind}`,
    title: personal ? `Personal data: ${title}` : `A secret is stored in it: ${title}`,
    severity: decides || severity === 'low' ? severity : 'info',
    stage: 'impact',
    // Private keys: T1552.004; other credentials in stores: T1552; data from a database: T1213.006.
    attack: [personal ? 'T1213.006' : kind.startsWith('private-key') ? 'T1552.004' : 'T1552'],
    why: personal
      ? `Whoever reaches the server reads it (${many}).`
      : `Whoever reaches the server can use it elsewhere (${many}).`,
    advice: personal
      ? 'Store a reference instead of the data, or encrypt it in the application\nSet a lifetime: redis-cli EXPIRE KEY SECONDS\nGive each application an ACL user that sees its own keys only'
      : 'Treat it as known to others if the server was ever open: make a new one and revoke the old\nKeep secrets in a secret store; in Redis only encrypted and with a lifetime',
    evidence: [
      { event: 'values', field: 'count', excerpt: many },
      ...where.map(([place, shown]) => ({
        event: place,
        field: 'value',
        excerpt: isGuessable(kind) ? title : /^[0-9a-f]{16}$/.test(shown) ? `sha256:${shown}` : shown,
      })),
    ],
    decides,
  };
}

/** One secret is enough; of what every application keeps it takes many; what alone opens nothing, never. */
function decidesAxis({ kind, severity, count }: LeakGroup): boolean {
  switch (kind) {
    case 'personal.email':
    case 'personal.phone':
      return count >= MANY_PEOPLE;
    case 'session':
      return count >= MANY_PEOPLE;
    case 'personal.birth':
      return false;
    case 'web-token':
      return true;
    default:
      return severity !== 'low' && severity !== 'info';
  }
}

const GUESSABLE = new Set([
  'connection-string',
  'password-hash',
  'session',
  'named-secret',
  'carried-secret',
]);

/** What people choose, or of which there are few, can be guessed from its hash: of it none is shown. */
function isGuessable(kind: string): boolean {
  return kind.startsWith('personal.') || GUESSABLE.has(kind);
}

function certificates(lines: readonly string[]): FindingDraft {
  return {
    rule: 'audit.leaking.certificate-with-key',
    title: 'A TLS certificate is stored with its private key',
    severity: 'critical',
    stage: 'impact',
    attack: ['T1552.004'],
    why: 'Whoever reads both can stand in for the site, and decrypt recorded traffic where the cipher allows it.',
    advice:
      'If the server was ever open, revoke the certificate and issue a new one with a new key\nGive the proxy a Redis of its own, or an ACL user: redis-cli ACL SETUSER proxy on ">NEW-PASSWORD" "~traefik/*" "~caddytls/*" +@all -@admin -@dangerous',
    evidence: lines.slice(0, 10).map((line) => ({ event: 'values', field: 'certificate', excerpt: line })),
  };
}

import { createHash } from 'node:crypto';
import { unpackedViews } from '../../content/unpacked-views.ts';
import type { ByteString } from '../../model/bytes.ts';
import type { Severity } from '../../model/severity.ts';
import { severityRank } from '../../model/severity.ts';
import { awsKeys } from './aws-keys.ts';
import { carriedSecrets } from './carried-secrets.ts';
import { collectKeyPairs } from './certificates.ts';
import { connectionStrings } from './connection-strings.ts';
import { keyStores } from './key-stores.ts';
import type { Leak, LeakDetector } from './leak.ts';
import { namedSecrets } from './named-secrets.ts';
import { namedTokens } from './named-tokens.ts';
import { otherKeys } from './other-keys.ts';
import { passwordHashes } from './password-hashes.ts';
import { personalData } from './personal-data.ts';
import { privateKeys } from './private-keys.ts';
import { sessions } from './sessions.ts';
import { createSubjects } from './subjects.ts';
import { tokens } from './tokens.ts';
import { webTokens } from './web-tokens.ts';

/** All of one kind that was found. Holds fingerprints, never what they are of. */
export interface LeakGroup {
  readonly kind: string;
  title: string;
  severity: Severity;
  /** Distinct ones. */
  count: number;
  /**
   * Keys they are in, safe to print, with the first 16 hex digits of the SHA-256 of one in each, or what may be said of a
   * key; at most ten.
   */
  readonly places: Map<string, string>;
  /** Of personal data: distinct people in all kinds together. */
  people?: number;
}

export interface LeakCollector {
  /**
   * @param place where the value stands, safe to print.
   * @param field the field of a hash, or what else the value is called there.
   */
  observe(value: ByteString, place: string, field?: ByteString): void;
  readonly groups: ReadonlyMap<string, LeakGroup>;
  certificatesWithKey(): readonly string[];
}

const DETECTORS: readonly LeakDetector[] = [
  privateKeys,
  otherKeys,
  keyStores,
  tokens,
  awsKeys,
  namedTokens,
  webTokens,
  connectionStrings,
  passwordHashes,
  carriedSecrets,
  sessions,
  personalData,
];
const MOST_SHOWN = 10;
/** Distinct ones counted; beyond, a server is bad enough. */
const MOST_COUNTED = 100_000;
/** Nothing that is a secret or a person is shorter (a@bc.de). */
const SHORTEST = 7;
const LONGEST_NAME = 256;
/** What two people may have in common: nobody is told by it. */
const SHARED = new Set(['personal.birth', 'personal.name', 'personal.address', 'personal.plate']);

export function collectLeaks(): LeakCollector {
  const groups = new Map<string, LeakGroup>();
  const seen = new Set<string>();
  const pairs = collectKeyPairs();
  const subjects = createSubjects();
  let lastPlace = '';

  const add = (leak: Leak, place: string, fingerprint: string): void => {
    const { kind, title, severity, about } = leak;
    const group = groups.get(kind) ?? { kind, title, severity, count: 0, places: new Map<string, string>() };
    groups.set(kind, group);
    if (group.places.size < MOST_SHOWN) {
      const shown = shownPlace(place, leak.secret);
      if (!group.places.has(shown)) group.places.set(shown, about ?? fingerprint);
    }
    if (seen.has(`${kind} ${fingerprint}`) || seen.size >= MOST_COUNTED) return;
    seen.add(`${kind} ${fingerprint}`);
    group.count += 1;
    if (severityRank(severity) <= severityRank(group.severity)) return;
    group.severity = severity;
    group.title = title;
  };
  const look = (text: ByteString, place: string, name: string): void => {
    pairs.observe(text);
    const found = leaksIn(text, name);
    if (found.length === 0) return;
    const marks = found.map((leak) => {
      const fingerprint = createHash('sha256').update(leak.secret, 'latin1').digest('hex').slice(0, 16);
      add(leak, place, fingerprint);
      return { kind: leak.kind, fingerprint, at: leak.at ?? 0 };
    });
    subjects.observe(
      text,
      place,
      marks.filter(({ kind }) => kind.startsWith('personal.') && !SHARED.has(kind)),
    );
  };
  return {
    get groups() {
      const people = subjects.count();
      for (const group of groups.values()) if (group.kind.startsWith('personal.')) group.people = people;
      return groups;
    },
    certificatesWithKey: () => pairs.complete(),
    observe: (value, place, field) => {
      const name = `${place} ${field ?? ''}`.slice(-LONGEST_NAME).trimEnd();
      // Names hold people and tokens, too (`user:ann@...`); each is looked at once.
      if (place !== lastPlace) look(wordsOf(place), place, '');
      lastPlace = place;
      if (value.length < SHORTEST) return;
      for (const { bytes } of unpackedViews(value)) look(bytes, place, name);
    },
  };
}

function leaksIn(text: ByteString, name: string): Leak[] {
  const found: Leak[] = [];
  for (const detect of DETECTORS) for (const leak of detect(text, name)) found.push(leak);
  // A hint beside what is known for certain says the same twice.
  // Of a private key the secret is its fingerprint.
  if (found.some(({ kind }) => kind.startsWith('private-key'))) return found;
  for (const hint of namedSecrets(text, name))
    if (!found.some(({ secret }) => secret.includes(hint.secret) || hint.secret.includes(secret)))
      found.push(hint);
  return found;
}

/** A name that holds a secret or a person itself is not shown. */
function shownPlace(place: string, secret: ByteString): string {
  // A long name is cut, and the token in it no longer one: its beginning tells it.
  const within = bare(place).includes(bare(secret.slice(0, 48)).slice(0, 16));
  if (!within && leaksIn(wordsOf(place), '').length === 0) return place;
  const hash = createHash('sha256').update(place, 'utf8').digest('hex').slice(0, 16);
  return `${/^db\d{1,9}/.exec(place)?.[0] ?? 'key'} a key whose name is one itself (sha256:${hash})`;
}

/** The name without its database, so that it begins a word. */
function wordsOf(place: string): string {
  return place.replace(/^db\d{1,9}\//, '');
}

function bare(text: string): string {
  return text.replace(/[^A-Za-z0-9]/g, '').toLowerCase();
}

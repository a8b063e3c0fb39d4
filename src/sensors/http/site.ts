import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { packagedText } from '../../platform/files.ts';
import type { Random } from '../../platform/random.ts';
import { seededRandom } from '../../platform/random.ts';
import { createFavicon } from './favicon.ts';

export interface SiteFile {
  readonly content: Buffer;
  /** Seconds since 1970 UTC. */
  readonly modified: number;
}

/** What a sensor serves: one small product that takes files in. Another name, colour and age for each sensor. */
export interface Site {
  /** Static files by path, with a slash in front. */
  readonly files: ReadonlyMap<string, SiteFile>;
  /** Directories by path, with a slash at both ends. */
  readonly folders: ReadonlySet<string>;
  /** A page of the application: `login`, `upload`, ... */
  page(name: string): Buffer;
  readonly release: string;
}

const FILES = ['index.html', 'help.html', 'robots.txt', 'assets/site.css', 'assets/site.js'];
const FIRST = [
  'North',
  'Lake',
  'Stone',
  'Clear',
  'High',
  'Silver',
  'Green',
  'West',
  'River',
  'Oak',
  'Bright',
  'Iron',
];
const SECOND = [
  'gate',
  'field',
  'bridge',
  'point',
  'view',
  'ford',
  'port',
  'line',
  'mark',
  'well',
  'crest',
  'wood',
];
const KIND = [
  'Systems',
  'Software',
  'Networks',
  'Instruments',
  'Automation',
  'Telecom',
  'Logistics',
  'Analytics',
];
/** 2024-01-01; the files of a site are up to two years younger. */
const OLDEST = 1_704_067_200;
const SPREAD = 63_000_000;

/** The same site for the same `seed`, at every start. */
export function createSite(seed: string): Site {
  const random = seededRandom(createHash('sha256').update(seed).digest().readUInt32LE());
  const values = valuesFrom(random);
  const modified = OLDEST + random.below(SPREAD);
  const text = (path: string): Buffer =>
    Buffer.from(
      packagedText(join('personas', 'http', 'site', path)).replace(
        /\{\{(\w+)\}\}/g,
        (_whole, name: string) => values[name] ?? '',
      ),
    );
  const files = new Map(
    FILES.map((path, at): [string, SiteFile] => [
      `/${path}`,
      { content: text(path), modified: modified + (at >> 1) },
    ]),
  );
  files.set('/favicon.ico', { content: createFavicon(random), modified: modified - random.below(SPREAD) });
  return {
    files,
    folders: new Set(['/', '/assets/']),
    page: (name) => text(join('app', `${name}.html`)),
    release: values['release'] ?? '',
  };
}

function valuesFrom(random: Random): Readonly<Record<string, string>> {
  const one = (words: readonly string[]): string => words[random.below(words.length)] ?? '';
  return {
    company: `${one(FIRST)}${one(SECOND)} ${one(KIND)}`,
    release: `${1 + random.below(4)}.${random.below(12)}.${random.below(20)}`,
    colour: `#${(0x202020 + random.below(0x9f9f9f)).toString(16)}`,
    width: String(700 + 20 * random.below(20)),
    days: String(7 * (1 + random.below(8))),
  };
}

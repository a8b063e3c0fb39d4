import type { Random } from '../../platform/random.ts';
import type { BaitKey, Builder, Honeytoken } from './bait.ts';

/** Without vowels: short names must not spell a word by chance. */
const LOWER = 'bcdfghjklmnpqrstvwxz0123456789';
const HEADS = [
  'al',
  'bri',
  'cor',
  'del',
  'fin',
  'gra',
  'hel',
  'lin',
  'mar',
  'nor',
  'ori',
  'pel',
  'ster',
  'tal',
  'vel',
] as const;
const TAILS = [
  'ado',
  'bex',
  'dia',
  'eno',
  'iva',
  'kon',
  'lux',
  'mo',
  'nex',
  'ora',
  'quo',
  'ria',
  'tek',
  'vio',
  'zen',
] as const;

export function createBuilder(
  random: Random,
  now: number,
  db: number,
  slug: string,
): { readonly builder: Builder; readonly keys: BaitKey[]; readonly tokens: Honeytoken[] } {
  const keys: BaitKey[] = [];
  const tokens: Honeytoken[] = [];
  const letters = (count: number, alphabet = LOWER): string =>
    Array.from({ length: count }, () => alphabet[random.below(alphabet.length)] ?? '').join('');
  const builder: Builder = {
    random,
    now,
    slug,
    letters,
    add: (key, value, ttl) => {
      // Not to the hour: each was set at a moment of its own.
      const left = ttl === undefined ? undefined : ttl - random.below(Math.min(ttl, 3_600_000) - 1);
      keys.push(left === undefined ? { db, key, value } : { db, key, value, ttl: left });
    },
    note: (kind, token, key) => {
      tokens.push({ token, kind, db, key });
    },
    about: (count) => Math.max(1, Math.round(count * (0.6 + random.below(800) / 1_000))),
    pick: (options) => options[random.below(options.length)] ?? options[0],
    uuid: () => {
      const hex = random.hex(16);
      const parts = [
        hex.slice(0, 8),
        hex.slice(8, 12),
        `4${hex.slice(13, 16)}`,
        `a${hex.slice(17, 20)}`,
        hex.slice(20),
      ];
      return parts.join('-');
    },
  };
  return { builder, keys, tokens };
}

export function slugFor(random: Random): string {
  return `${HEADS[random.below(HEADS.length)] ?? 'nor'}${TAILS[random.below(TAILS.length)] ?? 'tek'}`;
}

import { getCountrySpecifications, isValidIBAN } from 'ibantools';
import type { ByteString } from '../../model/bytes.ts';
import type { Leak } from './leak.ts';
import { MOST_LEAKS_A_VALUE } from './leak.ts';

const LENGTHS = new Map(
  Object.entries(getCountrySpecifications()).map(([country, { chars }]) => [country, chars ?? 0]),
);

export function ibans(text: ByteString): Leak[] {
  const leaks: Leak[] = [];
  for (const { index } of text.matchAll(/(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?=[A-Z0-9 -])/g)) {
    if (leaks.length >= MOST_LEAKS_A_VALUE) break;
    const iban = accountAt(text, index);
    if (iban === undefined || !isValidIBAN(iban) || new Set(iban.slice(4)).size < 3) continue;
    leaks.push({
      kind: 'personal.iban',
      title: 'bank account (IBAN)',
      severity: 'medium',
      secret: iban,
      at: index,
    });
  }
  return leaks;
}

/** As many letters and digits as the country's accounts have, with or without blanks, and nothing of a word behind. */
function accountAt(text: ByteString, start: number): string | undefined {
  const length = LENGTHS.get(text.slice(start, start + 2)) ?? 0;
  let iban = '';
  let at = start;
  for (; iban.length < length; at++) {
    const character = text[at] ?? '';
    if (/[A-Z0-9]/.test(character)) iban += character;
    else if ((character !== ' ' && character !== '-') || text[at - 1] === character) return undefined;
  }
  return length > 0 && !/[A-Za-z0-9]/.test(text[at] ?? '') ? iban : undefined;
}

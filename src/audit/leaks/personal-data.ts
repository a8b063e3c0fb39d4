import type { ByteString } from '../../model/bytes.ts';
import type { Leak, LeakDetector } from './leak.ts';
import { MOST_LEAKS_A_VALUE } from './leak.ts';

/** E-mail addresses, payment cards and bank accounts. Conservative: counters and time stamps are never cards. */
export const personalData: LeakDetector = (text) => [...emails(text), ...cards(text), ...ibans(text)];

const MOST_TRIED = 1_000;

function emails(text: ByteString): Leak[] {
  const leaks: Leak[] = [];
  let tried = 0;
  for (let at = text.indexOf('@'); at >= 0 && tried < MOST_TRIED; at = text.indexOf('@', at + 1), tried++) {
    if (leaks.length >= MOST_LEAKS_A_VALUE) break;
    const local = /[A-Za-z0-9._%+-]{1,64}$/.exec(text.slice(Math.max(0, at - 64), at))?.[0];
    const domain = /^(?:[A-Za-z0-9-]{1,63}\.){1,6}[A-Za-z]{2,24}(?![A-Za-z0-9-])/.exec(
      text.slice(at + 1, at + 255),
    )?.[0];
    if (local === undefined || domain === undefined || isNobody(local, domain)) continue;
    // `user:password@host` of a URL, and `git@host:path`, are no addresses of people.
    const before = text[at - local.length - 1];
    if (before === ':' && text.slice(Math.max(0, at - local.length - 100), at).includes('://')) continue;
    if (text[at + 1 + domain.length] === ':' || before === '/') continue;
    leaks.push({
      kind: 'personal.email',
      title: 'e-mail address',
      severity: 'low',
      secret: `${local}@${domain}`.toLowerCase(),
    });
  }
  return leaks;
}

function isNobody(local: string, domain: string): boolean {
  return (
    /^(git|noreply|no-reply|donotreply|postmaster|mailer-daemon|root|user|name|email)$/i.test(local) ||
    /(^|\.)example(\.(com|net|org))?$|\.(invalid|test|local|localhost|internal|png|jpe?g|gif|svg|js|css)$/i.test(
      domain,
    )
  );
}

/** Four groups as cards print them, or a bare number right behind a word that says it is a card. */
function cards(text: ByteString): Leak[] {
  const grouped = [...text.matchAll(/(?<![\d.-])(\d{4})([ -])(\d{4})\2(\d{4})\2(\d{4})(?![\d-])/g)].map(
    ([, one, , two, three, four]) => `${one}${two}${three}${four}`,
  );
  const named = [
    ...text.matchAll(/(?:card|pan|cc)[_ -]?(?:no|num|number)?["'\s:=]{1,6}(\d{13,19})(?!\d)/gi),
  ].map(([, digits = '']) => digits);
  return [...grouped, ...named]
    .filter((digits) => isIssued(digits) && luhnHolds(digits))
    .slice(0, MOST_LEAKS_A_VALUE)
    .map((digits) => ({
      kind: 'personal.card',
      title: 'payment card number',
      severity: 'high',
      secret: digits,
    }));
}

/** Prefixes and lengths that Visa, Mastercard, American Express and Discover issue; not the numbers for tests. */
function isIssued(digits: string): boolean {
  const tests = /^(4111111111111111|4242424242424242|5555555555554444|4012888888881881|378282246310005)$/;
  return (
    /^(4\d{12}|4\d{15}|5[1-5]\d{14}|2(2[2-9]|[3-6]\d|7[01])\d{13}|3[47]\d{13}|6(011|5\d\d)\d{12})$/.test(
      digits,
    ) && !tests.test(digits)
  );
}

function luhnHolds(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** Lengths by country, from the IBAN registry of ISO 13616. */
const IBAN_LENGTHS = new Map<string, number>(
  'AT20 BE16 BG22 CH21 CY28 CZ24 DE22 DK18 EE20 ES24 FI18 FR27 GB22 GR27 HR21 HU28 IE22 IS26 IT27 LI21 LT20 LU20 LV21 MC27 MT31 NL18 NO15 PL28 PT25 RO24 SE24 SI19 SK24 SM27 TR26 AE23 SA24 BR29'
    .split(' ')
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);

function ibans(text: ByteString): Leak[] {
  const leaks: Leak[] = [];
  for (const { index } of text.matchAll(/(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?=[A-Z0-9 ])/g)) {
    if (leaks.length >= MOST_LEAKS_A_VALUE) break;
    const iban = accountAt(text, index);
    if (iban === undefined || !remainderHolds(iban)) continue;
    leaks.push({ kind: 'personal.iban', title: 'bank account (IBAN)', severity: 'medium', secret: iban });
  }
  return leaks;
}

/** As many letters and digits as the country's accounts have, with or without blanks, and nothing of a word behind. */
function accountAt(text: ByteString, start: number): string | undefined {
  const length = IBAN_LENGTHS.get(text.slice(start, start + 2)) ?? 0;
  let iban = '';
  let at = start;
  for (; iban.length < length; at++) {
    const character = text[at] ?? '';
    if (/[A-Z0-9]/.test(character)) iban += character;
    else if (character !== ' ' || text[at - 1] === ' ') return undefined;
  }
  return length > 0 && !/[A-Za-z0-9]/.test(text[at] ?? '') ? iban : undefined;
}

/** ISO 7064, modulo 97. */
function remainderHolds(iban: string): boolean {
  let remainder = 0;
  for (const character of iban.slice(4) + iban.slice(0, 4)) {
    const value = Number.parseInt(character, 36);
    remainder = (remainder * (value > 9 ? 100 : 10) + value) % 97;
  }
  return remainder === 1;
}

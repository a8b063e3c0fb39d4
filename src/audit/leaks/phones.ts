import type { CountryCode } from 'libphonenumber-js/max';
import { parsePhoneNumberFromString } from 'libphonenumber-js/max';
import type { ByteString } from '../../model/bytes.ts';
import { fieldBefore } from './field-name.ts';
import type { Leak } from './leak.ts';
import { MOST_LEAKS_A_VALUE } from './leak.ts';

const NAMED =
  /(?:phone|mobile|mobil|handy|tel|telefon\w*|telephone|t[e\u00e9]l[e\u00e9]phone|cell|cellular|fax|msisdn|whatsapp|celular|telefono|recipient|(?:call|reach|contact|dial|text)(?: me| us)?|sms)(?:[_ .-]?(?:no|nr|num|number|numbers|home|work|e164|raw|is|at|on|to)){0,3}[_ .-]{0,2}\d?$/i;
/** Countries tried for a number without a country code, under a name that says it is one. */
const TRIED: readonly CountryCode[] = [
  'US',
  'GB',
  'DE',
  'FR',
  'ES',
  'IT',
  'NL',
  'BR',
  'IN',
  'CN',
  'JP',
  'AU',
  'PL',
  'RU',
  'MX',
  'SE',
  'CH',
  'AT',
  'BE',
  'PT',
];

/** A plus and a country's numbering plan, or the name of a phone before it: without either, every counter is a phone. */
export function phones(text: ByteString, name: string): Leak[] {
  const leaks: Leak[] = [];
  if (text.includes('+'))
    for (const { 0: written, index } of text.matchAll(
      /(?<![\w+/.-])\+[1-9]\d{0,3}[ .()-]{0,2}\d(?:[ .()-]{0,2}\d){5,12}(?!\w)/g,
    )) {
      if (leaks.length >= MOST_LEAKS_A_VALUE) break;
      add(leaks, written, index);
    }
  if (!/\d{2}/.test(text)) return leaks;
  for (const { 0: written, index } of text.matchAll(
    /(?<![\w+./-])(?:\(\d{2,5}\) ?)?\d(?:[ ./()-]{0,2}\d){6,14}(?![\w])/g,
  )) {
    if (leaks.length >= MOST_LEAKS_A_VALUE) break;
    if (!NAMED.test(fieldBefore(text, index, name))) continue;
    add(leaks, written, index, TRIED);
  }
  return leaks;
}

function add(leaks: Leak[], written: string, at: number, countries: readonly CountryCode[] = []): void {
  const digits = written.replace(/\D/g, '');
  if (/^(\d)\1+$/.test(digits) || digits === '1234567890') return;
  const number =
    valid(
      written.startsWith('+') ? `+${digits}` : digits.startsWith('00') ? `+${digits.slice(2)}` : undefined,
    ) ??
    countries.map((country) => valid(digits, country)).find((one) => one !== undefined) ??
    (countries.length > 0 ? valid(`+${digits}`) : undefined);
  if (number === undefined) return;
  leaks.push({ kind: 'personal.phone', title: 'phone number', severity: 'medium', secret: number, at });
}

function valid(digits: string | undefined, country?: CountryCode): string | undefined {
  const number = digits === undefined ? undefined : parsePhoneNumberFromString(digits, country);
  return number?.isValid() === true ? number.number : undefined;
}

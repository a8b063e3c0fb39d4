import type { ByteString } from '../../model/bytes.ts';
import { luhnHolds } from './checksums.ts';
import { fieldBefore } from './field-name.ts';
import type { Leak } from './leak.ts';
import { MOST_LEAKS_A_VALUE } from './leak.ts';

/** The words by which a bare number is a card; nothing less makes one of a counter, an id or a time. */
const NEAR =
  /card|visa|master|amex|american express|discover|jcb|diners|maestro|cvv|cvc|\bpan\b|expir|exp_|billing|\bcc_?n|tarjeta|karte|carte/i;
const OTHER =
  /(?:^|[_ .-]|[a-z](?=I))(?:id|ids|ref|hash|token|ts|at|time|timestamp|seq|offset|version|order|invoice|tracking|imei|sku)$/i;

/** Numbers of payment cards: as cards print them, or bare where the text around speaks of cards. */
export function cards(text: ByteString, name: string): Leak[] {
  const leaks: Leak[] = [];
  if (!/\d{4}/.test(text)) return leaks;
  for (const { 0: written, index } of text.matchAll(
    /(?<![\d.,-]|\d )(?:\d{4}([ -])\d{4}\1\d{4}\1\d{4}(?:\1\d{3})?|\d{4}([ -])\d{6}\2\d{4,5}|\d{13,19})(?![\d-]|[ .,]\d)/g,
  )) {
    if (leaks.length >= MOST_LEAKS_A_VALUE) break;
    const digits = written.replace(/\D/g, '');
    if (!isIssued(digits) || !luhnHolds(digits)) continue;
    if (/[A-Za-z_]/.test(text[index - 1] ?? '') || /[A-Za-z_]/.test(text[index + written.length] ?? ''))
      continue;
    const field = fieldBefore(text, index, name);
    if (written === digits && (OTHER.test(field) || !speaksOfCards(text, index, digits.length, name)))
      continue;
    leaks.push({
      kind: 'personal.card',
      title: 'payment card number',
      severity: 'high',
      secret: digits,
      at: index,
    });
  }
  return leaks;
}

function speaksOfCards(text: ByteString, at: number, length: number, name: string): boolean {
  return (
    NEAR.test(text.slice(Math.max(0, at - 60), at)) ||
    NEAR.test(text.slice(at + length, at + length + 40)) ||
    (at <= 64 && NEAR.test(name))
  );
}

/** Prefixes and lengths in use (ISO/IEC 7812 issuers); not the numbers that providers give for tests. */
const ISSUED =
  /^(?:4\d{12}|4\d{15}|4\d{18}|5[1-5]\d{14}|2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)\d{12}|3[47]\d{13}|6(?:011|5\d\d|4[4-9]\d)\d{12}|35(?:2[89]|[3-8]\d)\d{12}|3(?:0[0-5]|[689]\d)\d{11}|62\d{14,17}|(?:50|5[6-9]|6[0-9])\d{14}|220[0-4]\d{12})$/;
const TESTS = new Set(
  '4111111111111111 4242424242424242 5555555555554444 4012888888881881 378282246310005 371449635398431 6011111111111117 4000056655665556 5200828282828210 5105105105105100 30569309025904 3530111333300000 6011000990139424 2223003122003222'.split(
    ' ',
  ),
);

function isIssued(digits: string): boolean {
  return ISSUED.test(digits) && !TESTS.has(digits) && new Set(digits).size > 3;
}

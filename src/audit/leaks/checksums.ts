import { crc32 } from 'node:zlib';

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** The last six characters are the CRC-32 of those between prefix and them, in base 62 (GitHub, 2021; npm alike). */
export function endsInCrc32(word: string): boolean {
  const body = word.slice(word.indexOf('_') + 1);
  let sum = crc32(body.slice(0, -6));
  let text = '';
  for (let digit = 0; digit < 6; digit++) {
    text = `${BASE62[sum % 62] ?? ''}${text}`;
    sum = Math.floor(sum / 62);
  }
  return text === body.slice(-6);
}

/** Modulo 10 of ISO/IEC 7812, annex B. */
export function luhnHolds(digits: string): boolean {
  let sum = 0;
  for (let at = 0; at < digits.length; at++) {
    const digit = Number(digits[digits.length - 1 - at]);
    const doubled = at % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0;
}

/** The sum of digits, each times its weight. */
export function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * Number(digits[at] ?? 0), 0);
}

/** ISO/IEC 7064, MOD 11,10: the last digit checks those before it. */
export function mod11With10(digits: string): boolean {
  let product = 10;
  for (const one of digits.slice(0, -1)) {
    const sum = (Number(one) + product) % 10;
    product = ((sum === 0 ? 10 : sum) * 2) % 11;
  }
  return (11 - product) % 10 === Number(digits.at(-1));
}

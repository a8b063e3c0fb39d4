import type { ByteString } from '../../model/bytes.ts';
import { fieldBefore } from './field-name.ts';
import type { Leak } from './leak.ts';
import { MOST_LEAKS_A_VALUE } from './leak.ts';

const BIRTH =
  /(?:birth[_ ]?(?:day|date)?|date[_ ]?of[_ ]?birth|\bdob|geburts\w*|naissance|nacimiento)[a-z_ .:-]{0,8}$/i;

/** A date of birth, under a name that says so: by itself a date is anybody's. */
export function personFields(text: ByteString, name: string): Leak[] {
  const leaks: Leak[] = [];
  for (const { 0: date, index } of text.matchAll(
    /(?<![\w/-])(?:(?:19|20)\d{2}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:19|20)\d{2})(?![\d/-])/g,
  )) {
    if (leaks.length >= MOST_LEAKS_A_VALUE) break;
    if (!BIRTH.test(fieldBefore(text, index, name))) continue;
    leaks.push({ kind: 'personal.birth', title: 'date of birth', severity: 'low', secret: date, at: index });
  }
  return leaks;
}

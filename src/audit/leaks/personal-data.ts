import { cards } from './cards.ts';
import { CUE, cuesIn } from './cue-words.ts';
import { emails } from './emails.ts';
import { ibans } from './ibans.ts';
import type { LeakDetector } from './leak.ts';
import { nationalIds } from './national-ids.ts';
import { births, personField, personFields } from './person-fields.ts';
import { phones } from './phones.ts';

/** E-mail addresses, phones, payment cards, bank accounts, national ids, births and postal addresses. */
export const personalData: LeakDetector = (text, name) => {
  const found = text.includes('@') ? emails(text) : [];
  const cued = (cuesIn(text) & CUE.person) !== 0;
  found.push(...(cued ? personFields(text) : []), ...personField(text, name));
  // A number of a person has at least six digits; most values have none.
  if (
    !(cued && /passp|reisep|pasap/i.test(text)) &&
    !/\d[\d ./()-]{4,}\d|[A-Z]{6}\d\d[A-Z]\d\d[A-Z]|[A-Z]{5}\d{4}[A-Z]|\d\d[A-Z]{2}\d{5}/.test(text)
  )
    return found;
  const numbers = [...cards(text, name), ...ibans(text), ...nationalIds(text, name)];
  const taken = new Set(numbers.map(({ at }) => at));
  return [
    ...found,
    ...numbers,
    ...phones(text, name).filter(({ at }) => !taken.has(at)),
    ...births(text, name),
  ];
};

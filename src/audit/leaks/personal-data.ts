import { cards } from './cards.ts';
import { emails } from './emails.ts';
import { ibans } from './ibans.ts';
import type { LeakDetector } from './leak.ts';
import { nationalIds } from './national-ids.ts';
import { personFields } from './person-fields.ts';
import { phones } from './phones.ts';

/** E-mail addresses, phones, payment cards, bank accounts, national ids, births and postal addresses. */
export const personalData: LeakDetector = (text, name) => {
  const mails = text.includes('@') ? emails(text) : [];
  // A person needs at least six digits or a mail address; most values have neither.
  if (!/\d[\d ./()-]{4,}\d|[A-Z]{6}\d\d[A-Z]\d\d[A-Z]/.test(text)) return mails;
  const numbers = [...cards(text, name), ...ibans(text), ...nationalIds(text, name)];
  const taken = new Set(numbers.map(({ at }) => at));
  return [
    ...mails,
    ...numbers,
    ...phones(text, name).filter(({ at }) => !taken.has(at)),
    ...personFields(text, name),
  ];
};

import type { ByteString } from '../../model/bytes.ts';
import { fieldBefore } from './field-name.ts';
import type { Leak } from './leak.ts';
import { MOST_LEAKS_A_VALUE } from './leak.ts';
import { MORE_NATIONAL_IDS } from './more-national-id-forms.ts';
import type { NationalIdForm } from './national-id-forms.ts';
import { NATIONAL_IDS } from './national-id-forms.ts';

const CANDIDATES =
  /(?<![A-Za-z0-9./-]|\d )(?:[A-Z]{1,2}\d{6}\([0-9A]\)|\d{3}-\d{3}-\d{3} \d{2}|[12] \d\d \d\d \d[\dAB] \d{3} \d{3} \d\d|[A-Z]{2} \d\d \d\d \d\d [A-D]|\d{2,4}(?: \d{2,4}){2,3}|(?=[A-Z]{0,6}\d)[A-Z0-9][A-Z0-9./-]{6,18}[A-Z0-9])(?![A-Za-z0-9]|[-/.]\d)/g;
const FORMS: readonly NationalIdForm[] = [...NATIONAL_IDS, ...MORE_NATIONAL_IDS];
const ALONE = new RegExp(FORMS.flatMap(({ alone }) => alone?.source ?? []).join('|'));

/** Numbers of people: the check digit holds, and either the written form is nobody else's or the field is called so. */
export function nationalIds(text: ByteString, name: string): Leak[] {
  const leaks: Leak[] = [];
  for (const { 0: written, index } of text.matchAll(CANDIDATES)) {
    if (leaks.length >= MOST_LEAKS_A_VALUE) break;
    const named = formsNamed(fieldBefore(text, index, name));
    const alone = ALONE.test(written);
    if (!alone && named.length === 0) continue;
    const id = written.replace(/[ ./()-]/g, '');
    if (new Set(id).size < 3) continue;
    const form =
      named.find(({ holds }) => holds(id)) ??
      (alone ? FORMS.find((one) => one.alone?.test(written) === true && one.holds(id)) : undefined);
    if (form === undefined) continue;
    leaks.push({
      kind: 'personal.national-id',
      title: `national id (${form.title})`,
      severity: 'high',
      secret: id,
      at: index,
    });
  }
  return leaks;
}

/** Fields come by the thousand under the same few names. */
const known = new Map<string, readonly NationalIdForm[]>();
const MOST_KNOWN = 512;

function formsNamed(field: string): readonly NationalIdForm[] {
  // Numbers and pieces of digests stand before numbers as well; they are nobody's name.
  if (!/[A-Za-z]{3}|[\u0080-\u00ff]{4}|^[A-Za-z]{2}$|[_ .](?:rc|cf|ni)$/i.test(field)) return [];
  const name = field.slice(-40);
  const before = known.get(name);
  if (before !== undefined) return before;
  const forms = FORMS.filter(({ named }) => named.test(name));
  if (known.size >= MOST_KNOWN) known.clear();
  // A slice would keep the whole value alive.
  known.set(Buffer.from(name, 'latin1').toString('latin1'), forms);
  return forms;
}

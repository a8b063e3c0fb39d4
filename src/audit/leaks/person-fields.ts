import type { ByteString } from '../../model/bytes.ts';
import { fieldBefore } from './field-name.ts';
import type { Leak } from './leak.ts';
import { MOST_LEAKS_A_VALUE } from './leak.ts';

const BIRTH =
  /(?:birth[_ ]?(?:day|date)?|date[_ ]?of[_ ]?birth|\bdob|bday|geburts\w*|naissance|nacimiento|nascimento|nascita)[a-z_ .:-]{0,8}$/i;
const DATE =
  /(?<![\w/-])(?:(?:19|20)\d{2}[-/.](?:0?[1-9]|1[0-2])[-/.](?:0?[1-9]|[12]\d|3[01])|(?:0?[1-9]|[12]\d|3[01])[-/.](?:0?[1-9]|[12]\d|3[01])[-/.](?:19|20)\d{2})(?![\d/-])/g;

/** A date of birth, under a name that says so: by itself a date is anybody's. */
export function births(text: ByteString, name: string): Leak[] {
  const leaks: Leak[] = [];
  for (const { 0: date, index } of text.matchAll(DATE)) {
    if (leaks.length >= MOST_LEAKS_A_VALUE) break;
    if (!BIRTH.test(fieldBefore(text, index, name))) continue;
    leaks.push({ kind: 'personal.birth', title: 'date of birth', severity: 'low', secret: date, at: index });
  }
  return leaks;
}

interface FieldForm {
  readonly kind: string;
  readonly title: string;
  /** Ends of the names of its fields. */
  readonly named: string;
  readonly holds: (value: string) => boolean;
}

const FIELDS: readonly FieldForm[] = [
  {
    kind: 'personal.name',
    title: 'name of a person',
    named:
      '(?:first|last|full|given|family|middle|maiden|customer|contact|sur|patient|employee)[_. -]?name|vorname|nachname|pr[e\\u00c3]\\u00a9?nom|apellidos?|cognome|sobrenome',
    holds: (value) =>
      /^(?:[A-Z]|[\u00c3-\u00ef][\u0080-\u00bf])[a-z\u0080-\u00ef][A-Za-z\u0080-\u00ef' .-]{0,60}$/.test(
        value,
      ),
  },
  {
    kind: 'personal.address',
    title: 'postal address',
    named:
      '(?:street|shipping|billing|home|postal|delivery|mailing)?[_. -]?address(?:[_. -]?(?:line)?[_. -]?1)?|street|anschrift|adresse|stra(?:ss|\\u00c3\\u009f)e|direcci\\S{1,2}n|indirizzo|endere\\S{1,2}o',
    holds: (value) =>
      /\d/.test(value) &&
      /[A-Za-z\u0080-\u00ef]{3}/.test(value) &&
      / /.test(value) &&
      !/[@:={}]|0x|https?/.test(value),
  },
  {
    kind: 'personal.plate',
    title: 'licence plate',
    named: '(?:licen[cs]e|number|registration)[_. -]?plate|plate[_. -]?(?:no|nr|number)|kennzeichen',
    holds: (value) => /^(?=.*\d)(?=.*[A-Z])[A-Z0-9][A-Z0-9 -]{3,11}$/.test(value),
  },
];
const NAMES = new RegExp(FIELDS.map(({ named }) => `(${named})`).join('|'), 'gi');
const OWN = FIELDS.map(({ named }) => new RegExp(`(?:${named})$`, 'i'));
const VALUE =
  /\\{0,3}["']?\]?(?:\s{0,4}(?:=>|[:=;])\s{0,4}|>)(?:s:\d{1,4}:)?\\{0,3}["']?([A-Za-z0-9\u00c3-\u00ef][^"\\<>{}&;|\n\r\t]{2,120})/y;
const MOST_TRIED = 200;

/** Names, addresses and plates of people, under a name that says so. They alone are no answer: of each only little follows. */
export function personFields(text: ByteString): Leak[] {
  const leaks: Leak[] = [];
  let tried = 0;
  for (const match of text.matchAll(NAMES)) {
    if (leaks.length >= MOST_LEAKS_A_VALUE || ++tried > MOST_TRIED) break;
    const form = FIELDS[match.slice(1).findIndex((one) => one !== undefined)];
    VALUE.lastIndex = match.index + match[0].length;
    const found = VALUE.exec(text);
    if (found === null || form === undefined) continue;
    // One form writes a comma inside an address, another between fields.
    const value =
      (form.kind === 'personal.name' ? found[1]?.split(/[,(]/, 1)[0] : found[1])?.replace(/[\s"',]+$/, '') ??
      '';
    if (form.holds(value)) leaks.push(leakOf(form, value, VALUE.lastIndex - (found[1]?.length ?? 0)));
  }
  return leaks;
}

/** A value that is all of a field named so. */
export function personField(text: ByteString, name: string): Leak[] {
  if (text.length > 120 || !/^[A-Z0-9\u00c3-\u00ef]/.test(text) || /[{}[\]<>":;\n]/.test(text)) return [];
  return FIELDS.flatMap((form, at) =>
    form.holds(text) && OWN[at]?.test(name) === true ? [leakOf(form, text, 0)] : [],
  );
}

function leakOf({ kind, title }: FieldForm, value: string, at: number): Leak {
  return { kind, title, severity: 'low', secret: value, at };
}

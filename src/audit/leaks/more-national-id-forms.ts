import validator from 'validator';
import { luhnHolds, mod11With10, weighted } from './checksums.ts';
import type { NationalIdForm } from './national-id-forms.ts';

const named = (words: string): RegExp => new RegExp(`(?:${words})[a-z_ .#:-]{0,16}$`, 'i');
/** Digits of this form whose weighted sum, modulo 11, holds. */
const sum11 =
  (form: RegExp, weights: readonly number[], holds: (rest: number) => boolean = (rest) => rest === 0) =>
  (id: string): boolean =>
    form.test(id) && holds(weighted(id, weights) % 11);
const BIRTH = '\\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\\d|3[01])';
const BIRTH_BACK = '(?:0[1-9]|[12]\\d|3[01])(?:0[1-9]|1[0-2])\\d{2}';
const digit = (id: string, at: number): number => Number(id[at]);

/** National numbers of further countries, with the check digits their authorities publish. */
export const MORE_NATIONAL_IDS: readonly NationalIdForm[] = [
  {
    title: 'Austrian insurance number',
    named: named('svnr|sv_?nummer|sozialversicherung\\w*|versicherungsnummer'),
    holds: (id) =>
      new RegExp(`^[1-9]\\d{3}${BIRTH_BACK}$`).test(id) &&
      weighted(id, [3, 7, 9, 0, 5, 8, 4, 2, 1, 6]) % 11 === digit(id, 3),
  },
  {
    title: 'Swiss AHV number',
    named: named('ahv|avs|oasi|sozialversicherung\\w*'),
    holds: (id) => /^756\d{10}$/.test(id) && weighted(id, [1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1, 3, 1]) % 10 === 0,
    alone: /^756\.\d{4}\.\d{4}\.\d{2}$/,
  },
  {
    title: 'UK NHS number',
    named: named('nhs'),
    holds: sum11(/^[1-9]\d{9}$/, [10, 9, 8, 7, 6, 5, 4, 3, 2, 1]),
  },
  { title: 'Irish PPS number', named: named('pps|ppsn'), holds: (id) => validator.isTaxID(id, 'en-IE') },
  {
    title: 'Estonian or Lithuanian personal code',
    named: named('isikukood|asmens[_ ]?koda\\w*'),
    holds: (id) => new RegExp(`^[1-8]${BIRTH}\\d{4}$`).test(id) && balticHolds(id),
  },
  {
    title: 'Latvian personal code',
    named: named('personas[_ ]?kod\\w*'),
    holds: (id) =>
      new RegExp(`^(?:${BIRTH_BACK}[012]\\d{4}|3[2-9]\\d{9})$`).test(id) &&
      (id.startsWith('3') && digit(id, 1) > 1
        ? true
        : (1101 - weighted(id, [1, 6, 3, 7, 9, 10, 5, 8, 4, 2])) % 11 === digit(id, 10)),
  },
  {
    title: 'Polish NIP',
    named: named('\\bnip|(?:^|[_. ])nip'),
    holds: sum11(/^[1-9]\d{9}$/, [6, 5, 7, 2, 3, 4, 5, 6, 7, -1]),
  },
  {
    title: 'Hungarian tax number',
    named: named('ad[o\\u00c3\\u00b3]{1,2}azonos\\S{1,4}t\\w*'),
    holds: sum11(/^8\d{9}$/, [1, 2, 3, 4, 5, 6, 7, 8, 9, -1]),
  },
  {
    title: 'Hungarian TAJ number',
    named: named('taj(?:[_ ]?sz\\S{1,3}m)?'),
    holds: (id) => /^\d{9}$/.test(id) && weighted(id, [3, 7, 3, 7, 3, 7, 3, 7, -1]) % 10 === 0,
  },
  {
    title: 'Bulgarian EGN',
    named: named('\\begn|(?:^|[_. ])egn'),
    holds: (id) =>
      /^\d{2}[0-5]\d[0-3]\d{5}$/.test(id) &&
      (weighted(id, [2, 4, 8, 5, 10, 9, 7, 3, 6]) % 11) % 10 === digit(id, 9),
  },
  { title: 'Croatian OIB', named: named('oib'), holds: (id) => /^\d{11}$/.test(id) && mod11With10(id) },
  {
    title: 'JMBG or EMŠO',
    named: named('jmbg|emso|em\\u00c5\\u00a1o'),
    holds: sum11(
      /^(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])[09]\d{8}$/,
      [7, 6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1],
    ),
  },
  {
    title: 'Greek tax number',
    named: named('afm|\\u00ce\\u0091\\u00ce\\u00a6\\u00ce\\u009c'),
    holds: (id) =>
      /^\d{9}$/.test(id) && (weighted(id, [256, 128, 64, 32, 16, 8, 4, 2]) % 11) % 10 === digit(id, 8),
  },
  {
    title: 'Turkish identity number',
    named: named('tckn|tc[_ ]?(?:no|kimlik\\w*)(?:[_ ]no)?|kimlik\\w*'),
    holds: isTurkish,
  },
  {
    title: 'South African identity number',
    named: named('sa[_ ]?id|id[_ ]?(?:number|no|nr)|identity'),
    holds: (id) => new RegExp(`^${BIRTH}\\d{4}[01]\\d\\d$`).test(id) && luhnHolds(id),
  },
  {
    title: 'Hong Kong identity card',
    named: named('hk_?id'),
    holds: isHongKong,
    alone: /^[A-Z]\d{6}\([0-9A]\)$/,
  },
  {
    title: 'Korean resident registration number',
    named: named(
      'rrn|jumin\\w*|resident[_ ]?(?:no|number|registration\\w*)|\\u00eb\\u00b2\\u0088\\u00ed\\u0098\\u00b8',
    ),
    holds: (id) =>
      new RegExp(`^${BIRTH}[1-8]\\d{6}$`).test(id) &&
      (11 - (weighted(id, [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5]) % 11)) % 10 === digit(id, 12),
    alone: new RegExp(`^${BIRTH}-[1-8]\\d{6}$`),
  },
  {
    title: 'Japanese My Number',
    named: named('my[_ ]?number|mynumber|kojin[_ ]?bango\\w*|\\u00e3\\u0083\\u0090\\u00e3\\u0083\\u00bc'),
    holds: (id) => /^\d{12}$/.test(id) && isMyNumber(id),
  },
  {
    title: 'Malaysian identity card',
    named: named('mykad|nric|\\bic|(?:^|[_. ])ic'),
    holds: (id) => new RegExp(`^${BIRTH}(?:[0-5]\\d|[6-9]\\d)\\d{4}$`).test(id),
    alone: new RegExp(`^${BIRTH}-(?:0[1-9]|1[0-6])-\\d{4}$`),
  },
  {
    title: 'Indonesian NIK',
    named: named('nik|ktp'),
    holds: (id) => /^[1-9]\d{5}(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])\d{6}$/.test(id),
  },
  {
    title: 'Argentine CUIT or CUIL',
    named: named('cui[tl]'),
    holds: sum11(/^(?:2[0347]|3[034])\d{9}$/, [5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1]),
    alone: /^(?:2[0347]|3[034])-\d{8}-\d$/,
  },
  {
    title: 'Chilean RUT',
    named: named('\\bru[nt]|(?:^|[_. ])ru[nt]'),
    holds: isRut,
    alone: /^\d{1,2}\.\d{3}\.\d{3}-[\dK]$/,
  },
  {
    title: 'Colombian cedula',
    named: named('c[e\\u00c3]\\u00a9?dula'),
    holds: (id) => /^[1-9]\d{6,9}$/.test(id),
  },
  {
    title: 'Australian Medicare number',
    named: named('medicare'),
    holds: (id) => /^[2-6]\d{9,10}$/.test(id) && weighted(id, [1, 3, 7, 9, 1, 3, 7, 9]) % 10 === digit(id, 8),
  },
  {
    title: 'New Zealand IRD number',
    named: named('\\bird|(?:^|[_. ])ird'),
    holds: (id) => /^\d{8,9}$/.test(id) && isIrd(id.padStart(9, '0')),
  },
  {
    title: 'Russian INN',
    named: named('\\binn|(?:^|[_. ])inn|\\u00d0\\u0098\\u00d0\\u009d\\u00d0\\u009d'),
    holds: (id) =>
      /^\d{12}$/.test(id) &&
      (weighted(id, [7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10 === digit(id, 10) &&
      (weighted(id, [3, 7, 2, 4, 10, 3, 5, 9, 4, 6, 8]) % 11) % 10 === digit(id, 11),
  },
  {
    title: 'Russian SNILS',
    named: named('snils|\\u00d0\\u0098\\u00d0\\u009b\\u00d0\\u00a1'),
    holds: (id) =>
      /^\d{11}$/.test(id) && (weighted(id, [9, 8, 7, 6, 5, 4, 3, 2, 1]) % 101) % 100 === Number(id.slice(9)),
    alone: /^\d{3}-\d{3}-\d{3} \d{2}$/,
  },
  {
    title: 'Ukrainian tax number',
    named: named('rnokpp|ipn|\\u00d0\\u0086\\u00d0\\u009f\\u00d0\\u009d'),
    holds: (id) =>
      /^[1-4]\d{9}$/.test(id) &&
      (((weighted(id, [-1, 5, 7, 9, 4, 6, 10, 5, 7]) % 11) + 11) % 11) % 10 === digit(id, 9),
  },
  {
    title: 'passport number',
    named: /(?:passport|reisepass|passeport|pasaporte|paszport)[a-z_ .#:-]{0,16}$/i,
    holds: (id) => /^(?=.{7,10}$)(?=.*\d)[A-Z0-9]{7,10}$/.test(id),
  },
];

function balticHolds(id: string): boolean {
  let rest = weighted(id, [1, 2, 3, 4, 5, 6, 7, 8, 9, 1]) % 11;
  if (rest === 10) rest = (weighted(id, [3, 4, 5, 6, 7, 8, 9, 1, 2, 3]) % 11) % 10;
  return rest === digit(id, 10);
}

function isTurkish(id: string): boolean {
  if (!/^[1-9]\d{10}$/.test(id)) return false;
  const odd = weighted(id, [1, 0, 1, 0, 1, 0, 1, 0, 1]);
  const even = weighted(id, [0, 1, 0, 1, 0, 1, 0, 1, 0]);
  const tenth = (((odd * 7 - even) % 10) + 10) % 10;
  return tenth === digit(id, 9) && (odd + even + tenth) % 10 === digit(id, 10);
}

function isHongKong(id: string): boolean {
  if (!/^[A-Z]\d{6}[0-9A]$/.test(id)) return false;
  const sum = 324 + (id.charCodeAt(0) - 55) * 8 + weighted(id.slice(1, 7), [7, 6, 5, 4, 3, 2]);
  const check = (11 - (sum % 11)) % 11;
  return id.endsWith(check === 10 ? 'A' : String(check));
}

function isMyNumber(id: string): boolean {
  const rest = weighted(id, [6, 5, 4, 3, 2, 7, 6, 5, 4, 3, 2]) % 11;
  return digit(id, 11) === (rest <= 1 ? 0 : 11 - rest);
}

function isRut(id: string): boolean {
  if (!/^\d{7,8}[\dK]$/.test(id)) return false;
  const number = id.slice(0, -1).padStart(8, '0');
  const check = (11 - (weighted(number, [3, 2, 7, 6, 5, 4, 3, 2]) % 11)) % 11;
  return id.endsWith(check === 10 ? 'K' : String(check));
}

function isIrd(id: string): boolean {
  const number = Number(id);
  if (number < 10_000_000 || number > 150_000_000) return false;
  for (const weights of [
    [3, 2, 7, 6, 5, 4, 3, 2],
    [7, 4, 3, 2, 5, 2, 7, 6],
  ]) {
    const rest = weighted(id, weights) % 11;
    const check = rest === 0 ? 0 : 11 - rest;
    if (check < 10) return check === digit(id, 8);
  }
  return false;
}

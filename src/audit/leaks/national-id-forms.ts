import validator from 'validator';
import { luhnHolds, weighted } from './checksums.ts';

export interface NationalIdForm {
  readonly title: string;
  /** What its field is called. */
  readonly named: RegExp;
  /** Without blanks, dots and hyphens. */
  readonly holds: (id: string) => boolean;
  /** The written form that no other number has: enough without a name. */
  readonly alone?: RegExp;
}

const tax =
  (locale: string) =>
  (id: string): boolean =>
    validator.isTaxID(id, locale);
const card =
  (locale: validator.IdentityCardLocale) =>
  (id: string): boolean =>
    validator.isIdentityCard(id, locale);
const GENERAL =
  'national[_ ]?id|identity[_ ]?(?:card|no|number)|id[_ ]?card|tax[_ ]?(?:id|no|number)|\\btin\\b|passport';
const named = (words: string): RegExp => new RegExp(`(?:${words}|${GENERAL})[a-z_ .#:-]{0,16}$`, 'i');

/** National numbers with their check digits; those of the libraries by the libraries. */
export const NATIONAL_IDS: readonly NationalIdForm[] = [
  {
    title: 'US social security number',
    named: /(?:ssn|social[_ ]?security|itin|tax[_ ]?id)[a-z_ .#:-]{0,20}$/i,
    holds: (id) =>
      /^(?!000|666|9\d\d)\d{3}(?!00)\d{2}(?!0000)\d{4}$/.test(id) &&
      !/^(078051120|219099999|123456789)$/.test(id),
    alone: /^\d{3}-\d{2}-\d{4}$/,
  },
  {
    title: 'UK national insurance number',
    named: /(?:nino|national[_ ]?insurance|ni[_ ]?(?:no|number))[a-z_ .#:-]{0,16}$/i,
    holds: (id) =>
      /^(?!BG|GB|NK|KN|TN|NT|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]\d{6}[A-D]$/.test(id) &&
      id !== 'QQ123456C',
    alone: /^[A-Z]{2} \d\d \d\d \d\d [A-D]$/,
  },
  { title: 'Dutch BSN', named: named('bsn|burgerservice\\w*|sofi'), holds: tax('nl-NL') },
  {
    title: 'Spanish DNI or NIE',
    named: named('dni|nie|nif'),
    holds: card('ES'),
    alone: /^(?:\d{8}-?|[XYZ]-?\d{7}-?)[A-Z]$/,
  },
  {
    title: 'Italian codice fiscale',
    named: named('codice|fiscale|\\bcf\\b'),
    holds: tax('it-IT'),
    alone: /^[A-Z]{6}\d{2}[A-EHLMPRST]\d{2}[A-Z]\d{3}[A-Z]$/,
  },
  {
    title: 'French NIR',
    named: named('nir|insee|s[e\\u00e9]curit[e\\u00e9][_ ]sociale|secu'),
    holds: isNir,
    alone: /^[12] \d\d \d\d \d[\dAB] \d{3} \d{3} \d\d$/,
  },
  { title: 'German tax number', named: named('steuer\\w*|idnr|identifikationsnummer'), holds: tax('de-DE') },
  { title: 'Polish PESEL', named: named('pesel'), holds: card('PL') },
  {
    title: 'Brazilian CPF',
    named: named('cpf'),
    holds: (id) => id.length === 11 && tax('pt-BR')(id),
    alone: /^\d{3}\.\d{3}\.\d{3}-\d{2}$/,
  },
  {
    title: 'Brazilian CNPJ',
    named: named('cnpj'),
    holds: (id) => id.length === 14 && tax('pt-BR')(id),
    alone: /^\d{2}\.\d{3}\.\d{3}\/\d{4}-\d{2}$/,
  },
  { title: 'Indian Aadhaar', named: named('aadhaar|aadhar|uidai'), holds: card('IN') },
  {
    title: 'Indian PAN',
    named: named('\\bpan'),
    holds: (id) => /^[A-Z]{3}[ABCFGHJLPT][A-Z]\d{4}[A-Z]$/.test(id),
  },
  {
    title: 'Chinese resident identity number',
    named: named('resident|sfz|shenfen\\w*|idno|certno|cert[_ ]?no'),
    holds: (id) => id.length === 18 && card('zh-CN')(id),
    alone: /^[1-8]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dX]$/,
  },
  {
    title: 'Swedish personal identity number',
    named: named('personnummer|personnr|pnr'),
    holds: isPersonnummer,
    alone: /^(?:19|20)?\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])-\d{4}$/,
  },
  {
    title: 'Finnish personal identity code',
    named: named('hetu|henkil\\w*'),
    holds: (id) => card('FI')(`${id.slice(0, 6)}-${id.slice(6)}`),
    alone: /^\d{6}-\d{3}[0-9A-Y]$/,
  },
  {
    title: 'Norwegian birth number',
    named: named('f[o\\u00f8]dselsnummer|fnr|personnummer'),
    holds: card('NO'),
  },
  {
    title: 'Danish CPR number',
    named: named('cpr'),
    holds: (id) => /^(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])\d{6}$/.test(id),
  },
  {
    title: 'Belgian national number',
    named: named('rijksregister\\w*|niss|nrn|registre'),
    holds: isBelgian,
    alone: /^\d{2}\.\d{2}\.\d{2}-\d{3}\.\d{2}$/,
  },
  { title: 'Portuguese NIF', named: named('nif|contribuinte'), holds: tax('pt-PT') },
  { title: 'Austrian tax number', named: named('abgaben\\w*|steuernummer'), holds: tax('de-AT') },
  { title: 'Romanian CNP', named: named('cnp'), holds: (id) => id.length === 13 && tax('ro-RO')(id) },
  {
    title: 'Czech or Slovak birth number',
    named: named('rodne|rc'),
    holds: (id) => id.length === 10 && tax('cs-CZ')(id),
    alone: /^\d{2}(?:[0156]\d)(?:[0-3]\d)\/\d{4}$/,
  },
  {
    title: 'Canadian social insurance number',
    named: named('\\bsin|social[_ ]?insurance'),
    holds: (id) => /^[1-79]\d{8}$/.test(id) && luhnHolds(id),
  },
  {
    title: 'Australian tax file number',
    named: named('tfn|tax[_ ]?file'),
    holds: (id) => /^\d{9}$/.test(id) && weighted(id, [1, 4, 3, 7, 5, 8, 6, 9, 10]) % 11 === 0,
  },
  { title: 'Singapore NRIC', named: named('nric|fin'), holds: isNric, alone: /^[STFGM]\d{7}[A-Z]$/ },
  { title: 'Taiwanese identity number', named: named('taiwan\\w*'), holds: card('zh-TW') },
  { title: 'Israeli identity number', named: named('teudat\\w*|israel\\w*'), holds: card('he-IL') },
  { title: 'Thai identity number', named: named('thai\\w*'), holds: card('TH') },
  {
    title: 'Mexican CURP',
    named: named('curp'),
    holds: (id) => /^[A-Z]{4}\d{6}[HMX][A-Z]{5}[0-9A-Z]\d$/.test(id),
    alone: /^[A-Z][AEIOUX][A-Z]{2}\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])[HMX][A-Z]{5}[0-9A-Z]\d$/,
  },
  {
    title: 'South African identity number',
    named: named('said|rsa[_ ]?id'),
    holds: (id) => /^\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{4}[01]\d\d$/.test(id) && luhnHolds(id),
  },
  {
    title: 'Passport number',
    named: /passport[a-z_ .#:-]{0,16}$/i,
    holds: (id) => /^(?=.{7,9}$)[A-Z]{1,2}\d{6,8}$|^\d{9}$/.test(id),
  },
];

function isNir(id: string): boolean {
  if (!/^[1-478]\d\d(?:0[1-9]|1[0-2]|[2-9]\d)\d[\dAB]\d{8}$/.test(id)) return false;
  const number = Number(id.slice(0, 13).replace('2A', '19').replace('2B', '18'));
  return 97 - (number % 97) === Number(id.slice(13));
}

function isPersonnummer(id: string): boolean {
  const short = id.length === 12 ? id.slice(2) : id;
  return (
    /^\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01]|6[1-9]|[78]\d|9[01])\d{4}$/.test(short) && luhnHolds(short)
  );
}

function isBelgian(id: string): boolean {
  if (!/^\d{2}(?:0\d|1[0-2])(?:[0-2]\d|3[01])\d{5}$/.test(id)) return false;
  const check = Number(id.slice(9));
  return [id.slice(0, 9), `2${id.slice(0, 9)}`].some((number) => 97 - (Number(number) % 97) === check);
}

function isNric(id: string): boolean {
  if (!/^[STFG]\d{7}[A-Z]$/.test(id)) return false;
  const sum = weighted(id.slice(1, 8), [2, 7, 6, 5, 4, 3, 2]) + (id[0] === 'T' || id[0] === 'G' ? 4 : 0);
  return (id[0] === 'S' || id[0] === 'T' ? 'JZIHGFEDCBA' : 'XWUTRQPNMLK')[sum % 11] === id[8];
}

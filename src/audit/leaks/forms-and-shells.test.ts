import { brotliCompressSync, deflateRawSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { collectLeaks } from './collect-leaks.ts';
import { alnum } from './testing/planted.ts';

const SECRET = 'q8Zr4mT1xW0bLk3vN7pD';

function kindsIn(value: string, field?: string): string[] {
  const leaks = collectLeaks();
  leaks.observe(value, 'db0/app', field);
  const printed = JSON.stringify([...leaks.groups.values()].map((group) => [...group.places]));
  expect(printed).not.toContain(SECRET);
  return [...leaks.groups.keys()];
}

const framed = String.fromCharCode(SECRET.length);
const json = JSON.stringify({ db_password: SECRET, host: 'db.internal', pool: 12, hosts: ['one', 'two'] });

describe('a password under its name', () => {
  test.for([
    ['JSON', json],
    ['dotenv', `DB_PASSWORD=${SECRET}\n`],
    ['YAML', `db:\n  password: ${SECRET}\n`],
    ['XML', `<cfg><dbPassword>${SECRET}</dbPassword></cfg>`],
    ['a pair of name and value', `[{"name":"DB_PASSWORD","value":"${SECRET}"}]`],
    ['MessagePack', `\u0081\u00abdb_password\u00b4${SECRET}`],
    ['Java', `\u00ac\u00ed\u0000\u0005t\u0000\u000bdb_passwordt\u0000${framed}${SECRET}x`],
    ['pickle', `\u0080\u0004}\u0094\u008c\u000bdb_password\u0094\u008c${framed}${SECRET}\u0094s.`],
    ['raw deflate', deflateRawSync(json).toString('latin1')],
    ['brotli', brotliCompressSync(json).toString('latin1')],
    ['UTF-16', Buffer.from(json, 'utf16le').toString('latin1')],
    ['a table', `name,password,city\nAnn,${SECRET},Ulm\n`],
  ] as const)('is found in %s', ([, value]) => {
    expect(kindsIn(value)).toContain('named-secret');
  });

  test('is found as the field of a hash', () => {
    expect(kindsIn(SECRET, 'smtp_password')).toEqual(['named-secret']);
  });

  test.for(['token', 'csrf_token', 'public_key', 'page_token'])('is none as the field %s', (field) => {
    expect(kindsIn(alnum(32), field)).toEqual([]);
  });
});

describe('what people are called by their countries', () => {
  test.for([
    ['ahv_nummer', '756.1234.5678.97'],
    ['oib', '12345678903'],
    ['nhs_number', '943 476 5919'],
    ['rut', '12.345.678-5'],
  ] as const)('is known as %s', ([field, value]) => {
    expect(kindsIn(value, field)).toEqual(['personal.national-id']);
  });
});

import { describe, expect, test } from 'vitest';
import type { LeakGroup } from './collect-leaks.ts';
import { collectLeaks } from './collect-leaks.ts';
import { numberHeavyValues, ordinaryValues } from './testing/harmless.ts';
import { alnum, hex } from './testing/planted.ts';

function found(values: readonly string[], field?: string): LeakGroup[] {
  const leaks = collectLeaks();
  for (const [at, value] of values.entries()) leaks.observe(value, `db0/item:${at}`, field);
  return [...leaks.groups.values()];
}

describe('values without a secret or a person', () => {
  test('yield nothing in 20,000 values full of numbers', () => {
    expect(found(numberHeavyValues(20_000))).toEqual([]);
  });

  test('yield nothing in what applications store', () => {
    expect(found(ordinaryValues(8_000))).toEqual([]);
  });

  test.for([
    ['a commit', hex(40)],
    ['an ETag', `W/"${hex(32)}"`],
    ['a nonce', `nonce=${alnum(22)}==`],
    ['a digest with its name', `sha256:${hex(64)}`],
    ['a random token without a provider', `{"token":"${alnum(48)}"}`],
    ['a public key', `ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI${alnum(43)} ann@laptop`],
    ['a published Stripe key', `pk_live_${alnum(24)}`],
    ['a package', 'https://registry.npmjs.org/@babel/core@7.24.0'],
    ['a module with its version', 'github.com/lib/pq@v1.10.9'],
    ['a picture at two sizes', 'logo@2x.png'],
    ['a price', '+1 234 567,00 EUR'],
    ['a difference', 'x=a+12345678901'],
    [
      'a placeholder',
      'mysql://root:changeme@db/x postgres://u:<password>@h/x redis://:${PASS}@h amqp://guest:guest@mq',
    ],
    [
      'a sample key',
      'aws_access_key_id=AKIAIOSFODNN7EXAMPLE aws_secret_access_key=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
    ],
    ['a cached object of PHP', 'O:8:"stdClass":2:{s:7:"user_id";i:4;s:5:"title";s:2:"Hi";}'],
    ['a short form of a word', 'task-queue high-water sk-SK AKIA-like ghp_ eyJ'],
    ['a date in a field of a date', '{"created":"1984-05-12","updated":"12.05.1984"}'],
    ['a version like a CPF', '{"range":"529.982.247-26"}'],
    ['a number of a card in a longer one', '{"card":"00453914880343646700"}'],
    ['an id of a card', '{"card_id":"4539148803436467"}'],
  ] as const)('yield nothing in %s', ([, text]) => {
    expect(found([text]).map(({ kind }) => kind)).toEqual([]);
  });
});

describe('personal data by the name of its field', () => {
  test.for([
    ['phone', '4155550132', 'personal.phone'],
    ['mobile_number', '07700 900123', 'personal.phone'],
    ['card_number', '4539148803436467', 'personal.card'],
    ['ssn', '219099998', 'personal.national-id'],
    ['bsn', '111222333', 'personal.national-id'],
    ['pesel', '44051401359', 'personal.national-id'],
    ['steuer_id', '86095742719', 'personal.national-id'],
    ['aadhaar', '234123412346', 'personal.national-id'],
    ['id_card', '11010519491231002X', 'personal.national-id'],
    ['personnummer', '8112189876', 'personal.national-id'],
    ['birthdate', '1984-05-12', 'personal.birth'],
  ] as const)('is known as %s', ([field, value, kind]) => {
    expect(found([value], field).map((group) => group.kind)).toEqual([kind]);
    expect(found([JSON.stringify({ a: 1, [field]: value, b: 2 })]).map((group) => group.kind)).toEqual([
      kind,
    ]);
    expect(
      found([`a:1:{s:${field.length}:"${field}";s:${value.length}:"${value}";}`]).map((group) => group.kind),
    ).toEqual([kind]);
  });
});

describe('a value under the name of a secret', () => {
  test.for([
    '{"password":"Tr0ub4dor&3"}',
    'a:1:{s:8:"password";s:11:"Tr0ub4dorX3";}',
    'api_key: q8Zr4mT1xW0b',
  ])('is a hint in %j', (text) => {
    expect(found([text]).map(({ kind, severity }) => `${kind} ${severity}`)).toEqual(['named-secret low']);
  });

  test.for([
    '{"password":"password1"}',
    '{"password":"********"}',
    'password=${DB_PASSWORD_1}',
    '{"passwordResetUrl":"https://shop.example/reset/8a7"}',
    '{"password":"required|min:8"}',
    'access_token: tokenForTheUser',
  ])('is none in %j', (text) => {
    expect(found([text])).toEqual([]);
  });
});

describe('people', () => {
  const people = (
    values: readonly (readonly [value: string, place: string, field?: string])[],
  ): number | undefined => {
    const leaks = collectLeaks();
    for (const [value, place, field] of values) leaks.observe(value, place, field);
    return [...leaks.groups.values()][0]?.people;
  };

  test('are one with mail, phone and card in one record, and two in two', () => {
    const ann = {
      email: 'ann@corp-mail.com',
      phone: '+442079460018',
      card: { number: '4539 1488 0343 6467' },
    };
    const bob = { email: 'bob@corp-mail.com', phone: '+442079460019' };

    expect(people([[JSON.stringify(ann), 'db0/a']])).toBe(1);
    expect(people([[JSON.stringify([ann, bob]), 'db0/list']])).toBe(2);
    expect(
      people([
        [JSON.stringify(ann), 'db0/a'],
        [JSON.stringify({ ...bob, phone: ann.phone }), 'db0/b'],
      ]),
    ).toBe(1);
  });

  test('are one over the fields of a hash, and many in a list', () => {
    expect(
      people([
        ['ann@corp-mail.com', 'db0/user:1', 'email'],
        ['4155550132', 'db0/user:1', 'phone'],
        ['x', 'db0/z'],
      ]),
    ).toBe(1);
    expect(
      people([
        ['ann@corp-mail.com', 'db0/list'],
        ['bob@corp-mail.com', 'db0/list'],
        ['cy@corp-mail.com', 'db0/list'],
      ]),
    ).toBe(3);
  });
});

import { describe, expect, test } from 'vitest';
import { collectLeaks } from '../../leaks/collect-leaks.ts';
import { plantedSecrets } from '../../leaks/testing/planted.ts';
import { exampleView } from '../../testing/example-view.ts';
import { leakingSecrets } from './leaking-secrets.ts';

function findings(values: readonly string[], field?: string) {
  const leaks = collectLeaks();
  for (const [at, value] of values.entries()) leaks.observe(value, `db0/key:${at}`, field);
  return leakingSecrets.run(
    exampleView({ leaks: [...leaks.groups.values()], certificatesWithKey: leaks.certificatesWithKey() }),
  ).findings;
}
const decides = (values: readonly string[], field?: string): (boolean | undefined)[] =>
  findings(values, field).map((finding) => finding.decides);
const secret = (kind: string): string => plantedSecrets().find(([one]) => one === kind)?.[1] ?? '';
const addresses = (count: number): string[] =>
  Array.from({ length: count }, (_, at) => `person${at}@corp-mail.com`);

describe('the answer to "is it leaking"', () => {
  test.for([
    'private-key',
    'token.github',
    'connection-string',
    'password-hash',
    'personal.card',
    'personal.iban',
    'personal.national-id',
  ])('is yes for one %s', (kind) => {
    expect(decides([secret(kind)])).toEqual([true]);
  });

  test('is yes for the addresses of ten people, not of nine', () => {
    expect(decides(addresses(9))).toEqual([false]);
    expect(decides(addresses(10))).toEqual([true]);
  });

  test('is not yes for a date of birth, a test key or the id of an AWS key alone', () => {
    expect(decides(['1984-05-12'], 'birthdate')).toEqual([false]);
    expect(decides([['sk', '_test_', '9aB8cD7eF6gH5iJ4kL3mN2oP'].join('')])).toEqual([false]);
    expect(decides([['AK', 'IAQWERTYUIOP234567'].join('')])).toEqual([false]);
  });

  test('is not yes for the few sessions of a small site', () => {
    const session = (at: number): string =>
      JSON.stringify({ cookie: { originalMaxAge: 3_600_000, path: '/' }, passport: { user: at } });

    expect(decides(Array.from({ length: 3 }, (_, at) => session(at)))).toEqual([false]);
    expect(decides(Array.from({ length: 12 }, (_, at) => session(at)))).toEqual([true]);
  });
});

describe('a finding', () => {
  test('tells the public fingerprint of a private key, and no hash of what can be guessed', () => {
    const [key] = findings([secret('private-key')]);
    const [card] = findings([secret('personal.card')]);

    expect(key?.evidence[1]?.excerpt).toMatch(
      /^EC private key on prime256v1, public key SHA256:[0-9a-f]{64}$/,
    );
    expect(JSON.stringify(card)).not.toMatch(/sha256|4539/);
  });

  test('holds no planted secret', () => {
    const text = JSON.stringify(findings(plantedSecrets().map(([, one]) => one)));

    for (const [, one] of plantedSecrets()) expect(text).not.toContain(one.slice(0, 40));
  });
});

import { describe, expect, test } from 'vitest';
import { authorizationTemplate } from './authorization-template.ts';
import { readAuthorizations } from './read-authorizations.ts';

const GOOD = `authorizations:
  - owner: Example Ltd
    contact: security@example.invalid
    ranges: [192.0.2.0/24, "2001:db8::/32", "*.cache.example.invalid", 198.51.100.7]
    ports: [6379, "7000-7005"]
    validFrom: 2026-11-01
    validTo: 2026-11-30
    depth: L2
    reference: CHG-1042
`;

function read(text: string): ReturnType<typeof readAuthorizations> {
  return readAuthorizations({ path: 'scope.yaml', text });
}

describe('an authorisation file', () => {
  test('is read, its last day to the end', () => {
    const all = read(GOOD);

    expect(all).toHaveLength(1);
    expect(all).toMatchObject([
      {
        authorization: {
          owner: 'Example Ltd',
          depth: 'L2',
          from: Date.UTC(2026, 10, 1),
          until: Date.UTC(2026, 11, 1),
          ports: [
            [6_379, 6_379],
            [7_000, 7_005],
          ],
          where: 'scope.yaml: line 2',
        },
        blocks: [{ bits: 24 }, { bits: 32 }, { bits: 32 }],
        names: ['*.cache.example.invalid'],
      },
    ]);
  });

  test.for([
    ['depth: L2', 'depth: L5', 'line 8', 'L0'],
    ['owner: Example Ltd', 'owner: ""', 'line 2', ''],
    ['security@example.invalid', 'ask around', 'line 3', 'e-mail'],
    ['192.0.2.0/24', '192.0.2.9/24', 'line 4', '192.0.2.0/24'],
    ['192.0.2.0/24', '0.0.0.0/0', 'line 4', 'whole Internet'],
    ['192.0.2.0/24', '192.0.2.999', 'line 4', 'no address'],
    ['"7000-7005"', '"7005-7000"', 'line 5', 'no range of ports'],
    ['validFrom: 2026-11-01', 'validFrom: 2026-02-30', 'line 6', 'no day'],
    ['validTo: 2026-11-30', 'validTo: 2026-10-30', 'line 7', 'ends before'],
    ['validTo: 2026-11-30', 'validTo: tomorrow', 'line 7', '2026-11-01'],
    ['reference:', 'refrence:', 'line 9', "unknown field 'refrence'"],
    ['ranges: [', 'ranges: [[', 'line', ''],
  ] as const)('with %s made %s is refused with the line', ([from, to, line, why]) => {
    const result = read(GOOD.replace(from, to));

    if (!('fault' in result)) throw new Error('was taken');
    expect(result.fault).toContain(`scope.yaml: ${line}`);
    expect(result.fault).toContain(why);
    expect(result.remedy).not.toBe('');
  });

  test.for(['', '[]', 'authorizations: []', 'a: &a [*a]', '\0', 'authorizations: 7'])(
    'that is %j is refused, not thrown at',
    (text) => {
      expect(read(text)).toHaveProperty('fault');
    },
  );

  test('as printed to be filled in is refused until somebody fills it in', () => {
    const printed = authorizationTemplate(['192.0.2.0/24'], Date.UTC(2026, 10, 25));

    const filled = printed
      .replace('WHO OWNS THEM', 'Example Ltd')
      .replace(/contact: .*/, 'contact: "+49 30 5550100"');

    expect(read(printed)).toMatchObject({ fault: expect.stringContaining('contact') as unknown });
    expect(read(filled)).toMatchObject([{ authorization: { validFrom: '2026-11-25' } }]);
  });
});

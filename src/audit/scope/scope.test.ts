import { describe, expect, test } from 'vitest';
import { parseAddress } from './address.ts';
import { parseCidr } from './cidr.ts';
import { readOptOuts } from './opt-outs.ts';
import { readAuthorizations } from './read-authorizations.ts';
import type { Scope, Verdict } from './scope.ts';
import { createScope } from './scope.ts';

const NOW = Date.UTC(2026, 10, 25);

interface Entry {
  readonly owner?: string;
  readonly ranges: readonly string[];
  readonly depth?: string;
  readonly ports?: readonly number[];
  readonly validFrom?: string;
  readonly validTo?: string;
}

function scopeOf(entries: readonly Entry[], optOuts = ''): Scope {
  const usual = {
    owner: 'Example Ltd',
    contact: 'a@example.invalid',
    validFrom: '2026-11-01',
    validTo: '2026-11-30',
    depth: 'L2',
  };
  const text = JSON.stringify({ authorizations: entries.map((entry) => ({ ...usual, ...entry })) });
  const allowed = entries.length === 0 ? [] : readAuthorizations({ path: 'scope.yaml', text });
  const away = readOptOuts('opt-out.txt', optOuts);
  if ('fault' in allowed || 'fault' in away) throw new Error(JSON.stringify([allowed, away]));
  return createScope(allowed, away);
}

function judge(scope: Scope, host: string, address = host, port = 6_379): Verdict {
  const where = parseAddress(address);
  if (where === undefined) throw new Error(`${address} is no address`);
  return scope.judge({ host, port, address: where }, NOW);
}

function uncovered(scope: Scope, text: string, port = 6_379): string | undefined {
  const block = parseCidr(text);
  if (block === undefined || 'fault' in block) throw new Error(`${text} is no block`);
  return scope.uncovered(block, port, NOW);
}

describe('a scope', () => {
  test.for(['127.0.0.1', '10.255.0.1', '172.31.255.255', '192.168.1.1', '::1', 'fd00::1', '::ffff:10.0.0.1'])(
    'without any file lets %s be asked, at every depth',
    (address) => {
      expect(judge(scopeOf([]), address)).toEqual({ kind: 'allowed', depth: 'L5' });
    },
  );

  test.for(['192.0.2.1', '172.32.0.1', '2001:db8::1', '::ffff:192.0.2.1', '100.64.0.1', '0.0.0.0', '::'])(
    'without any file refuses %s',
    (address) => {
      expect(judge(scopeOf([]), address)).toEqual({ kind: 'refused', because: 'no authorisation names it' });
    },
  );

  test('lets the narrowest block speak, and of equal ones the one that allows least', () => {
    const scope = scopeOf([
      { ranges: ['192.0.2.0/24'], depth: 'L1' },
      { ranges: ['192.0.2.64/26'], depth: 'L4' },
      { ranges: ['192.0.2.64/26'], depth: 'L3' },
    ]);

    expect(judge(scope, '192.0.2.1')).toMatchObject({ kind: 'allowed', depth: 'L1' });
    expect(judge(scope, '192.0.2.65')).toMatchObject({ kind: 'allowed', depth: 'L3' });
  });

  test('hears an entry for the name beside that for the block, and takes the lesser', () => {
    const scope = scopeOf([
      { ranges: ['*.example.invalid'], depth: 'L4' },
      { ranges: ['192.0.2.0/24'], depth: 'L1' },
    ]);

    expect(judge(scope, 'A.Example.invalid.', '203.0.113.9')).toMatchObject({ depth: 'L4' });
    expect(judge(scope, 'a.example.invalid', '192.0.2.9')).toMatchObject({ depth: 'L1' });
    expect(judge(scope, 'example.invalid', '203.0.113.9')).toMatchObject({ kind: 'refused' });
    expect(judge(scope, 'badexample.invalid', '203.0.113.9')).toMatchObject({ kind: 'refused' });
  });

  test('limits own networks that an entry names', () => {
    const scope = scopeOf([{ ranges: ['10.1.0.0/16'], depth: 'L1' }]);

    expect(judge(scope, '10.1.2.3')).toMatchObject({ depth: 'L1' });
    expect(judge(scope, '10.2.2.3')).toMatchObject({ depth: 'L5' });
  });

  test.for([
    [
      { validFrom: '2026-11-01', validTo: '2026-11-24' },
      'Example Ltd (scope.yaml: line 1) ended with 2026-11-24',
    ],
    [{ validFrom: '2026-11-26' }, 'begins with 2026-11-26'],
    [{ ports: [6_380] }, 'does not name port 6379'],
  ] as const)('refuses by name where the entry is %j', ([entry, why]) => {
    const verdict = judge(scopeOf([{ ranges: ['192.0.2.0/24'], ...entry }]), '192.0.2.1');

    expect(verdict).toMatchObject({ kind: 'refused', because: expect.stringContaining(why) as unknown });
  });

  test('takes a wider entry when the narrow one has ended', () => {
    const scope = scopeOf([
      { ranges: ['192.0.2.7'], depth: 'L4', validTo: '2026-11-02' },
      { ranges: ['192.0.2.0/24'], depth: 'L1' },
    ]);

    expect(judge(scope, '192.0.2.7')).toMatchObject({ kind: 'allowed', depth: 'L1' });
  });

  test('lets opt-outs win over entries and over own networks', () => {
    const scope = scopeOf(
      [{ ranges: ['192.0.2.0/24', '*.example.invalid'] }],
      '# leave us alone\n192.0.2.128/25 # customers\r\n10.9.9.9\n\n*.quiet.example.invalid\n',
    );

    expect(judge(scope, '192.0.2.200')).toEqual({ kind: 'opted-out', where: 'opt-out.txt:2' });
    expect(judge(scope, '::ffff:10.9.9.9')).toEqual({ kind: 'opted-out', where: 'opt-out.txt:3' });
    expect(judge(scope, 'a.quiet.example.invalid', '192.0.2.1')).toMatchObject({ kind: 'opted-out' });
    expect(judge(scope, '192.0.2.1')).toMatchObject({ kind: 'allowed' });
  });

  test.for(['192.0.2.1/24', 'what is this?', '300.1.1.1', '-'.repeat(70)])(
    'does not come to be when an opt-out reads %s',
    (line) => {
      expect(readOptOuts('opt-out.txt', `10.0.0.1\n${line}`)).toMatchObject({
        fault: expect.stringContaining('opt-out.txt:2') as unknown,
      });
    },
  );
});

describe('the cover of a range', () => {
  const scope = scopeOf([
    { ranges: ['192.0.2.0/25', '192.0.2.128/26'] },
    { ranges: ['192.0.2.192/26'], ports: [6_379] },
    { ranges: ['2001:db8::/64'], validTo: '2026-11-10' },
  ]);

  test.for(['192.0.2.0/24', '192.0.2.0/25', '10.0.0.0/8', '127.0.0.0/16', 'fd00::/104', '192.0.2.200'])(
    'is whole for %s',
    (block) => {
      expect(uncovered(scope, block)).toBeUndefined();
    },
  );

  test.for([
    ['192.0.2.0/23', 6_379, 'no authorisation|only a part'],
    ['192.0.2.0/24', 6_380, 'does not name port 6380'],
    ['2001:db8::/64', 6_379, 'ended with 2026-11-10'],
    ['8.0.0.0/5', 6_379, 'no authorisation|only a part'],
    ['203.0.113.0/24', 6_379, 'no authorisation names it'],
  ] as const)('is not for %s, port %i', ([block, port, why]) => {
    expect(uncovered(scope, block, port)).toMatch(new RegExp(why));
  });
});

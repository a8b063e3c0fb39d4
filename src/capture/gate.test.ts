import { describe, expect, test } from 'vitest';
import { fixedClock } from '../platform/clock.ts';
import type { CaptureRules } from './gate.ts';
import { createCaptureGate, parseRange } from './gate.ts';

const PUBLIC = '8.8.4.4';

function gate(
  rules: Partial<CaptureRules> = {},
  names: Readonly<Record<string, readonly string[]>> = {},
  room = 1_000,
) {
  const clock = fixedClock(0);
  return {
    clock,
    ...createCaptureGate({
      rules,
      clock,
      room: () => room,
      resolve: (host) => Promise.resolve(names[host] ?? []),
      own: () => ['8.8.4.9'],
    }),
  };
}

describe('the gate for captures lets nobody through', () => {
  test.for([
    '127.0.0.1',
    '10.1.2.3',
    '172.16.0.1',
    '192.168.1.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '224.0.0.1',
    '255.255.255.255',
    '192.0.2.1',
    '198.51.100.1',
    '203.0.113.1',
    '198.18.0.1',
    '::1',
    '::',
    'fe80::1',
    'fc00::1',
    'ff02::1',
    '2001:db8::1',
    '::ffff:127.0.0.1',
    '::ffff:8.8.4.4',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
  ])('at %s', async (address) => {
    expect(await gate().admit(address, 6379)).toEqual({ reason: 'not-public', address });
  });

  test('at its own address', async () => {
    expect(await gate().admit('8.8.4.9', 6379)).toEqual({ reason: 'own-address', address: '8.8.4.9' });
  });

  test('at what the operator denies, or leaves out', async () => {
    expect(await gate({ deny: ['8.8.4.0/24'] }).admit(PUBLIC, 6379)).toMatchObject({ reason: 'denied' });
    expect(await gate({ only: ['8.8.8.0/24'] }).admit(PUBLIC, 6379)).toMatchObject({ reason: 'not-allowed' });
    expect(
      await gate({ allow: ['127.0.0.0/8'], deny: ['127.0.0.1'] }).admit('127.0.0.1', 6379),
    ).toMatchObject({
      reason: 'denied',
    });
  });

  test('at a port that is somebody else’s business', async () => {
    expect(await gate().admit(PUBLIC, 25)).toMatchObject({ reason: 'port' });
    expect(await gate().admit(PUBLIC, 0)).toMatchObject({ reason: 'port' });
    expect(await gate().admit(PUBLIC, 99_999)).toMatchObject({ reason: 'port' });
  });

  test('by a name with one forbidden address, or none', async () => {
    const names = { 'mixed.example.invalid': [PUBLIC, '127.0.0.1'], 'none.example.invalid': [] };

    expect(await gate({}, names).admit('mixed.example.invalid', 6379)).toEqual({
      reason: 'not-public',
      address: '127.0.0.1',
    });
    expect(await gate({}, names).admit('none.example.invalid', 6379)).toMatchObject({ reason: 'no-address' });
  });

  test('when the quarantine is full', async () => {
    expect(await gate({}, {}, 0).admit(PUBLIC, 6379)).toMatchObject({ reason: 'full' });
  });
});

describe('the gate for captures lets through', () => {
  test('a public address, and the checked address of a name', async () => {
    const names = { 'master.example.invalid': [PUBLIC] };

    expect(await gate().admit(PUBLIC, 6379)).toMatchObject({ address: PUBLIC });
    expect(await gate().admit('2606:4700::1111', 6379)).toMatchObject({ address: '2606:4700::1111' });
    expect(await gate({}, names).admit('master.example.invalid', 6379)).toMatchObject({ address: PUBLIC });
  });

  test('the own machine when a test needs it', async () => {
    expect(await gate({ allow: ['127.0.0.0/8'] }).admit('127.0.0.1', 6379)).toMatchObject({
      address: '127.0.0.1',
    });
  });

  test('so many at one time, and one more when one has left', async () => {
    const one = gate({ connections: 1 });

    const first = await one.admit(PUBLIC, 6379);

    expect(await one.admit(PUBLIC, 6380)).toMatchObject({ reason: 'too-many' });
    if ('leave' in first) first.leave();
    expect(await one.admit(PUBLIC, 6380)).toMatchObject({ address: PUBLIC });
  });

  test('so many a minute, to one master and to all', async () => {
    const slow = gate({ dialsPerMaster: 2, dials: 3, connections: 100 });
    const reasons = async (port: number): Promise<string> => {
      const admitted = await slow.admit(PUBLIC, port);
      return 'reason' in admitted ? admitted.reason : 'yes';
    };

    expect([await reasons(1_000), await reasons(1_000), await reasons(1_000)]).toEqual([
      'yes',
      'yes',
      'too-often',
    ]);
    expect([await reasons(1_001), await reasons(1_002)]).toEqual(['yes', 'too-often']);
    slow.clock.advance(60_001);
    expect(await reasons(1_000)).toBe('yes');
  });
});

test.for([
  ['192.0.2.0/24', { address: '192.0.2.0', bits: 24, family: 'ipv4' }],
  ['192.0.2.1', { address: '192.0.2.1', bits: 32, family: 'ipv4' }],
  ['2001:db8::/32', { address: '2001:db8::', bits: 32, family: 'ipv6' }],
  ['192.0.2.0/33', undefined],
  ['192.0.2.0/', undefined],
  ['example.invalid/8', undefined],
  ['1.2.3.4/8/8', undefined],
] as const)('the range %s is read', ([text, expected]) => {
  expect(parseRange(text)).toEqual(expected);
});

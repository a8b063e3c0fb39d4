import { describe, expect, test } from 'vitest';
import { exposureOf } from './exposure.ts';
import type { ServerFacts } from './server-facts.ts';
import { exampleFacts, exampleUser } from './testing/example-view.ts';

function facts(change: Partial<ServerFacts>, bind?: string, protectedMode = 'yes'): ServerFacts {
  return exampleFacts({
    address: '127.0.0.1',
    openWithoutLogin: true,
    settings:
      bind === undefined
        ? undefined
        : new Map([['bind', bind] as const, ['protected-mode', protectedMode] as const]),
    ...change,
  });
}

describe('exposure', () => {
  test.for<[string, ServerFacts, boolean | undefined]>([
    ['answers over the network without a login', facts({ address: '192.0.2.1' }), true],
    ['the same, whatever its settings say', facts({ address: '192.0.2.1' }, '127.0.0.1'), true],
    ['listens on loopback', facts({}, '127.0.0.1 -::1', 'no'), false],
    ['listens everywhere, without protected mode', facts({}, '* -::*', 'no'), true],
    ['listens everywhere by default, without protected mode', facts({}, '', 'no'), true],
    ['listens on one more address, without protected mode', facts({}, '127.0.0.1 192.0.2.1', 'no'), true],
    ['listens everywhere in protected mode', facts({}, '* -::*'), false],
    ['does not show its settings', facts({}), undefined],
    ['asks for a password', facts({ openWithoutLogin: false, address: '192.0.2.1' }, '*', 'no'), false],
    [
      'has a default user without a password behind another login',
      facts({ openWithoutLogin: false, users: [exampleUser({ nopass: true })] }, '*', 'no'),
      true,
    ],
    [
      'has a default user that is off',
      facts({ openWithoutLogin: false, users: [exampleUser({ on: false, nopass: true })] }, '*', 'no'),
      false,
    ],
  ])('a server that %s', ([, seen, open]) => {
    expect(exposureOf(seen).open).toBe(open);
  });
});

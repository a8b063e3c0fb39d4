import { describe, expect, test } from 'vitest';
import { exampleRelease } from '../testing/example-release.ts';
import { exampleUser } from '../testing/example-view.ts';
import { decidingFacts, textOfFacts } from './deciding-facts.ts';
import { KNOWN_NEEDS, preconditionOf } from './preconditions.ts';

const whole = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`field_${at}`, '0']));
const servers = [
  exampleRelease({ redis_version: '7.0.15' }),
  // Decides as the one before: what a whole INFO does not print is off.
  exampleRelease({ redis_version: '7.0.15', ...whole }),
  exampleRelease({ redis_version: '5.0.7', ...whole, role: 'slave', arch_bits: '32', cluster_enabled: '1' }),
  exampleRelease(
    { redis_version: '7.0.15', mem_allocator: 'musl' },
    { otherPorts: new Map([['bus', false]]) },
  ),
  exampleRelease({}, { users: [exampleUser({ allKeys: false })], openWithoutLogin: false }),
  exampleRelease({}, { settings: undefined, modules: undefined, commands: undefined, users: undefined }),
  exampleRelease(
    {},
    {
      modules: [{ name: 'bf', version: 20_810, path: '/x' }],
      settings: new Map([
        ['tls-port', '6380'],
        ['unixsocket', '/run/redis.sock'],
        ['maxmemory-clients', '1'],
        ['replica-read-only', 'no'],
      ]),
    },
  ),
];

describe('the facts that decide', () => {
  test('answer every precondition as all facts do', () => {
    for (const facts of servers) {
      const few = decidingFacts(facts);

      expect(KNOWN_NEEDS.map((need) => preconditionOf([need], few))).toEqual(
        KNOWN_NEEDS.map((need) => preconditionOf([need], facts)),
      );
    }
  });

  test('are the same text for two servers that differ in name alone, and another where something decides', () => {
    const [one] = servers;
    if (one === undefined) throw new Error('no server');
    const text = textOfFacts(decidingFacts(one));
    const other = { ...one, subject: { ...one.subject, host: 'other.example.invalid', text: 'other' } };

    expect(textOfFacts(decidingFacts(other))).toBe(text);
    expect(new Set(servers.map((facts) => textOfFacts(decidingFacts(facts)))).size).toBe(servers.length - 1);
    expect(textOfFacts(decidingFacts({ ...one, commands: new Set(['eval']) }))).not.toBe(text);
  });
});

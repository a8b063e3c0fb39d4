import { describe, expect, test } from 'vitest';
import { exampleRelease } from '../testing/example-release.ts';
import { exampleUser } from '../testing/example-view.ts';
import { preconditionOf } from './preconditions.ts';

const answer = (
  need: string,
  fields: Record<string, string> = {},
  change: Parameters<typeof exampleRelease>[1] = {},
): string => preconditionOf([need], exampleRelease({ redis_version: '7.0.15', ...fields }, change)).answer;

describe('a precondition', () => {
  test.for([
    ['cluster-bus', { cluster_enabled: '1' }, 'met'],
    ['cluster-bus', {}, 'unmet'],
    ['32bit', { arch_bits: '32' }, 'met'],
    ['32bit', {}, 'unmet'],
    ['other-allocator', { mem_allocator: 'musl' }, 'met'],
    ['other-allocator', { mem_allocator: 'libc' }, 'unmet'],
    ['replica', { role: 'slave' }, 'met'],
    ['replica', {}, 'unmet'],
    ['tls-port enabled', {}, 'unmet'],
    ['lua', {}, 'met'],
    ['local-user', {}, 'unmet'],
    ['a word of a later file', {}, 'unseen'],
    ['constructor', {}, 'unseen'],
  ] as const)('%s with %j is %s', ([need, fields, wanted]) => {
    expect(answer(need, fields)).toBe(wanted);
  });

  test('tells a command that is denied from an option that is off', () => {
    expect(answer('lua', {}, { commands: new Set() })).toBe('denied');
    expect(answer('restore', {}, { permitted: new Set(['eval']) })).toBe('denied');
    expect(answer('module:bf')).toBe('unmet');
  });

  test('is not seen where the server did not say', () => {
    const hidden = { settings: undefined, modules: undefined, commands: undefined, users: undefined };

    const answers = [
      'tls-port enabled',
      'module:bf',
      'module',
      'lua',
      'replica-read-only no',
      'acl-key-rules',
    ].map((need) => answer(need, {}, hidden));

    expect(new Set(answers)).toEqual(new Set(['unseen']));
  });

  test('of a bus that we do not reach is open: others may', () => {
    expect(answer('cluster-bus', { cluster_enabled: '1' }, { otherPorts: new Map([['bus', false]]) })).toBe(
      'unseen',
    );
  });

  test('of a login: an open server asks for none', () => {
    expect(answer('auth-enabled, no mTLS', {}, { openWithoutLogin: true })).toBe('unmet');
    expect(answer('auth-enabled, no mTLS', {}, { openWithoutLogin: false })).toBe('met');
  });

  test('of limits to keys asks whether anybody has such limits', () => {
    expect(answer('acl-key-rules', {}, { users: [exampleUser()] })).toBe('unmet');
    expect(answer('acl-key-rules', {}, { users: [exampleUser({ allKeys: false })] })).toBe('met');
  });

  test('of several is that of the first that fails, and names what told', () => {
    const facts = exampleRelease({ redis_version: '8.2.1' }, { modules: undefined });

    expect(preconditionOf(['restore', 'module:bf'], facts)).toMatchObject({
      answer: 'unseen',
      from: 'MODULE LIST',
    });
    expect(preconditionOf([], facts)).toMatchObject({ answer: 'met' });
  });
});

import { describe, expect, test } from 'vitest';
import { exampleFacts, exampleUser } from '../testing/example-view.ts';
import { mayRun, rightTo } from './command-rights.ts';
import { identifyEngine } from './server-version.ts';

describe('the rules of a user', () => {
  test.for([
    [['+@all'], 'eval', true],
    [['+@all', '-@scripting'], 'eval', false],
    [['+@all', '-@scripting', '+eval'], 'eval', true],
    [['-@all', '+get'], 'eval', false],
    [['-@all', '+@scripting'], 'evalsha', true],
    [['-@all', '+config|get'], 'config|set', false],
    [['-@all', '+config|set'], 'config|set', true],
    [['-@all', '+config'], 'config|set', true],
    [['+@all', '-@dangerous'], 'restore', false],
    [['+@all', '-config|set'], 'config|set', false],
    [['allcommands', '-restore'], 'restore', false],
    [['+@all', 'nocommands'], 'restore', false],
    [[], 'restore', false],
  ] as const)('%j: %s is %s', ([commandRules, command, may]) => {
    expect(mayRun(exampleUser({ all: false, commandRules }), command)).toBe(may);
  });
});

test('what one set in brackets gives, no other takes away', () => {
  const selectors = [
    { all: false, allKeys: false, allChannels: false, commandRules: ['-@all', '+@scripting'] },
    { all: false, allKeys: true, allChannels: false, commandRules: ['-@all', '+get'] },
  ];
  const user = exampleUser({ all: false, commandRules: ['-@all', '+set'], selectors });

  expect([mayRun(user, 'eval'), mayRun(user, 'restore')]).toEqual([true, false]);
});

describe('the right to a command', () => {
  const redis = (version: string): ReturnType<typeof identifyEngine> =>
    identifyEngine(new Map([['redis_version', version]]));

  test('is nobody’s where the command bears another name', () => {
    const right = rightTo(exampleFacts({ commands: new Set(['get']), users: [exampleUser()] }), 'eval');

    expect(right).toMatchObject({ can: false, from: 'COMMAND INFO' });
  });

  test('is that of any user who is on, not of the one that asks', () => {
    const reader = exampleUser({ name: 'audit', all: false, commandRules: ['-@all', '+info'] });
    const facts = { user: 'audit', permitted: new Set<string>(), commands: new Set(['eval']) };

    const both = rightTo(exampleFacts({ ...facts, users: [reader, exampleUser()] }), 'eval');
    const off = rightTo(exampleFacts({ ...facts, users: [reader, exampleUser({ on: false })] }), 'eval');

    expect(both).toMatchObject({ can: true, says: 'EVAL is permitted to default' });
    expect(off).toMatchObject({ can: false, from: 'ACL LIST' });
  });

  test('is not known when others may have it and cannot be seen', () => {
    const facts = { permitted: new Set<string>(), commands: new Set(['eval']) };

    expect(rightTo(exampleFacts({ ...facts, user: 'audit' }), 'eval').can).toBeUndefined();
    expect(rightTo(exampleFacts({ ...facts, user: 'default' }), 'eval').can).toBe(false);
  });

  test('is everybody’s before Redis 6, and unknown after it when rules are hidden', () => {
    const commands = new Set(['eval']);

    expect(rightTo(exampleFacts({ commands, engine: redis('5.0.7') }), 'eval').can).toBe(true);
    expect(rightTo(exampleFacts({ commands, engine: redis('7.0.15') }), 'eval').can).toBeUndefined();
  });
});

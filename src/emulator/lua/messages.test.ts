import { describe, expect, test } from 'vitest';
import type { LuaOutcome } from './lua-machine.ts';
import { readOutcome, readTask, writeOutcome, writeTask } from './messages.ts';

describe('messages between the threads', () => {
  test('bring a task over whole', () => {
    const task = {
      world: 'here',
      kind: 'call',
      name: 'f',
      library: 'lib',
      body: '\nreturn 1',
      resp: 3,
      heap: 0x7f00_0000_0000,
      seed: 7,
      keys: ['k', ''],
      args: ['a'],
    } as const;

    expect(readTask(writeTask(task))).toEqual(task);
    expect(readTask(writeTask({ world: 'here', kind: 'reset' }))).toEqual({ world: 'here', kind: 'reset' });
  });

  test.for<LuaOutcome>([
    { reply: ':1\r\n', functions: [] },
    { reply: '+OK\r\n', functions: ['f', '', '0'] },
    { failure: { kind: 'failed', type: 'table', text: 'ERR x', source: '@user_script', line: '1' } },
    { failure: { kind: 'failed', type: 'nil', text: undefined, source: '', line: '' } },
    { failure: { kind: 'uncompiled', type: 'string', text: 'x', source: '', line: '' } },
  ])('bring the outcome %j back', (outcome) => {
    expect(readOutcome(writeOutcome(outcome))).toEqual(outcome);
  });
});

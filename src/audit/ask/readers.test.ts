import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reply } from '../../wire/reply.ts';
import { readClients } from './read-clients.ts';
import { readDeniedCalls, readSlowCalls } from './read-logs.ts';
import { readCommands, readLibraries, readModuleCommands, readModules } from './read-modules.ts';
import { readSettings } from './read-settings.ts';

const NAMES = [
  'name',
  'ver',
  'path',
  'library_name',
  'library_code',
  'reason',
  'count',
  'age-seconds',
  'client-info',
];

/** Replies of any shape, with names the readers look for in them. */
const { reply } = fc.letrec<{ readonly reply: Reply }>((tie) => {
  const text = fc.oneof(fc.constantFrom(...NAMES), fc.string({ unit: 'binary', maxLength: 30 }));
  const items = fc.array(tie('reply'), { maxLength: 8 });
  return {
    reply: fc.oneof(
      { depthSize: 'small', withCrossShrink: true },
      fc.constant<Reply>({ kind: 'null' }),
      text.map((one): Reply => ({ kind: 'bulk', text: one, length: one.length })),
      text.map((one): Reply => ({ kind: 'error', text: one })),
      fc.bigInt().map((value): Reply => ({ kind: 'integer', value })),
      fc.double().map((value): Reply => ({ kind: 'double', value })),
      items.map((all): Reply => ({ kind: 'array', items: all })),
      fc
        .array(fc.tuple(tie('reply'), tie('reply')), { maxLength: 4 })
        .map((pairs): Reply => ({ kind: 'map', pairs })),
    ),
  };
});

describe('readers of replies', () => {
  test.for([
    ['SLOWLOG GET', readSlowCalls],
    ['ACL LOG', readDeniedCalls],
    ['CLIENT LIST', readClients],
    ['MODULE LIST', readModules],
    ['COMMAND LIST', readModuleCommands],
    ['FUNCTION LIST', readLibraries],
    ['COMMAND INFO', readCommands],
    ['CONFIG GET', readSettings],
  ] as const)('of %s take anything', ([, read]) => {
    fc.assert(
      fc.property(reply, (one) => {
        const found = read(one);

        expect(found === undefined || typeof found === 'object').toBe(true);
      }),
      { numRuns: 300 },
    );
  });

  test('take a list of a hundred thousand in linear time and keep little of it', () => {
    const line = 'addr=192.0.2.1:1 name=x\n';
    const text = line.repeat(50_000);
    const many: Reply = {
      kind: 'array',
      items: Array.from({ length: 100_000 }, (): Reply => ({ kind: 'null' })),
    };

    expect(readClients({ kind: 'bulk', text, length: text.length })).toHaveLength(1_000);
    expect(readSlowCalls(many)).toEqual([]);
    expect(readModules(many)).toEqual([]);
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { inertElf } from '../../test/peers/inert-elf.ts';
import { elfNames } from './elf.ts';
import { fileKind } from './file-kind.ts';

const MODULE = inertElf({
  symbols: ['popen', 'RedisModule_OnLoad', 'DoCommand'],
  texts: [
    'system',
    'RedisModule_CreateCommand',
    'system.exec',
    'readonly',
    'system.rev',
    'module.c',
    '/lib/x.so',
    'r',
  ],
});

describe('names in an ELF file', () => {
  test('are the symbols, and the commands of a module', () => {
    expect(elfNames(MODULE)).toEqual({
      symbols: ['popen', 'RedisModule_OnLoad', 'DoCommand'],
      isModule: true,
      commands: ['system.exec', 'system.rev'],
    });
  });

  test('are no commands when it is no module', () => {
    const program = inertElf({ symbols: ['main'], texts: ['some.word'] });

    expect(elfNames(program)).toMatchObject({ isModule: false, commands: [] });
  });

  test('are found without a table of sections', () => {
    const stripped = Buffer.from(MODULE);
    stripped.writeUInt16LE(0, 60);

    expect(elfNames(stripped)).toMatchObject({
      symbols: [],
      isModule: true,
      commands: ['system.exec', 'system.rev'],
    });
  });

  test('are not looked for in anything else', () => {
    expect(elfNames(Buffer.from('REDIS0009'))).toBeUndefined();
    expect(elfNames(Buffer.alloc(0))).toBeUndefined();
  });

  test('never make it fail, however the file is damaged', () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(MODULE.length - 1), fc.nat(255)), { maxLength: 40 }),
        fc.nat(MODULE.length),
        (changes, length) => {
          const damaged = Buffer.from(MODULE.subarray(0, length));
          for (const [at, byte] of changes) if (at < damaged.length) damaged[at] = byte;

          const names = elfNames(damaged);

          expect(names?.symbols.length ?? 0).toBeLessThanOrEqual(256);
          expect(names?.commands.length ?? 0).toBeLessThanOrEqual(16);
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

describe('the kind of a file', () => {
  test.for([
    ['elf', MODULE],
    ['rdb', Buffer.from('REDIS0011\xfa', 'latin1')],
    ['rdb', Buffer.from('VALKEY080')],
    ['script', Buffer.from('#!/bin/sh\nid')],
    ['script', Buffer.from('\n\n*/5 * * * * root x')],
    ['unknown', Buffer.from('hello')],
    ['unknown', Buffer.alloc(0)],
  ] as const)('is %s', ([kind, content]) => {
    expect(fileKind(content)).toBe(kind);
  });
});

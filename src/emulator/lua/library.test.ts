import { describe, expect, test } from 'vitest';
import { libraryName } from './library.ts';
import { dumpedLibraries, dumpLibraries } from './library-dump.ts';

describe('a library of functions', () => {
  test('has its name in the first line', () => {
    expect(libraryName('#!lua name=mine\nreturn 1')).toEqual({ name: 'mine' });
  });

  test.for([
    ['return 1', 'ERR Missing library metadata'],
    ['#!lua name=x', 'ERR Invalid library metadata'],
    ['#!lua\nreturn 1', 'ERR Library name was not given'],
    ['#!lua name=a name=b\n', 'ERR Invalid metadata value, name argument was given multiple times'],
    ['#!lua foo=1\n', 'ERR Invalid metadata value given: foo=1'],
    ['#!js name=a\n', "ERR Engine 'js' not found"],
  ])('%j is refused', ([code = '', fault]) => {
    expect(libraryName(code)).toEqual({ fault });
  });
});

describe('a dump of libraries', () => {
  test('is what a real server makes', () => {
    // FUNCTION DUMP of an empty 7.0.15.
    expect(Buffer.from(dumpLibraries([], 10), 'latin1').toString('hex')).toBe('0a005d9b5c400f7fa2da');
  });

  test('gives back what was put in', () => {
    const codes = ['#!lua name=a\nx', `#!lua name=b\n${'y'.repeat(500)}`];

    expect(dumpedLibraries(dumpLibraries(codes, 10))).toEqual(codes);
  });

  test('that holds something else is none', () => {
    expect(dumpedLibraries(`\x00abc${'\0'.repeat(10)}`)).toBeUndefined();
    expect(dumpedLibraries(`\xf5\x40${'\0'.repeat(10)}`)).toBeUndefined();
  });
});

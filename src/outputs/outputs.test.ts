import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Column } from './column.ts';
import { csvLine } from './csv.ts';
import { defanged } from './defang.ts';
import { safeJson } from './safe-json.ts';
import { plain } from './style.ts';
import { table } from './table.ts';

describe('csvLine', () => {
  test.for([
    ['  =1+1', `'  =1+1\r\n`],
    ['=1+1', `'=1+1\r\n`],
    ['@SUM(A1)', `'@SUM(A1)\r\n`],
    ['-2+3', `'-2+3\r\n`],
    ['+cmd|x', `'+cmd|x\r\n`],
    ['-42', '-42\r\n'],
    ['a,"b"', '"a,""b"""\r\n'],
    ['two\nlines', '"two\nlines"\r\n'],
  ] as const)('writes %j so that no spreadsheet runs it', ([cell, line]) => {
    expect(csvLine([cell])).toBe(line);
  });
});

describe('safeJson', () => {
  test('holds no character that acts on a terminal, and reads back the same', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        const json = safeJson({ text });

        expect(json).not.toMatch(/[\u0000-\u001f\u007f-\u009f\u202a-\u202e\u2028\u2029]/);
        expect(JSON.parse(json)).toEqual({ text });
      }),
    );
  });
});

describe('table', () => {
  const columns: Column<{ name: string; count: number }>[] = [
    { name: 'name', title: 'NAME', cell: ({ name }) => name },
    { name: 'count', title: 'COUNT', align: 'right', cell: ({ count }) => String(count) },
    { name: 'hidden', title: 'HIDDEN', csvOnly: true, cell: () => 'x' },
  ];
  const items = [
    { name: 'a', count: 5 },
    { name: 'longer', count: 12_345 },
  ];

  test('lines its columns up', () => {
    expect(table(items, columns, { width: 0, style: plain })).toBe(
      'NAME    COUNT\na           5\nlonger  12345\n',
    );
  });

  test('fits a narrow terminal', () => {
    expect(table(items, columns, { width: 8, style: plain })).toBe('NAME   …\na      …\nlonger …\n');
  });
});

describe('defanged', () => {
  test.for([
    ['http://203.0.113.9/a.sh', 'hxxp://203[.]0[.]113[.]9/a[.]sh'],
    ['files.example.invalid', 'files[.]example[.]invalid'],
  ] as const)('turns %s into %s', ([text, safe]) => {
    expect(defanged(text)).toBe(safe);
  });
});

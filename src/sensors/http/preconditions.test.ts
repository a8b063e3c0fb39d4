import { describe, expect, test } from 'vitest';
import type { RequestHead } from '../../wire/http1/head.ts';
import { httpDate, selectionOf } from './preconditions.ts';

const FILE = { content: Buffer.from('0123456789'), modified: 784_111_777 };
const headers = (given: Readonly<Record<string, string>>): RequestHead => ({
  method: 'GET',
  target: '/',
  version: '1.1',
  headers: Object.entries(given),
  flaws: new Set(),
  framing: { kind: 'none' },
  line: '',
  bytes: 0,
});

describe('conditions and ranges', () => {
  test('know dates as HTTP writes them', () => {
    expect(httpDate(FILE.modified)).toBe('Sun, 06 Nov 1994 08:49:37 GMT');
  });

  test.for<[Readonly<Record<string, string>>, object]>([
    [{}, { kind: 'whole' }],
    [{ Range: 'bytes=2-3' }, { kind: 'part', from: 2, end: 4 }],
    [{ Range: 'bytes=2-' }, { kind: 'part', from: 2, end: 10 }],
    [{ Range: 'bytes=-30' }, { kind: 'part', from: 0, end: 10 }],
    [{ Range: 'bytes=2-900' }, { kind: 'part', from: 2, end: 10 }],
    [{ Range: 'bytes=10-' }, { kind: 'beyond' }],
    [{ Range: 'bytes=0-1,3-4' }, { kind: 'whole' }],
    [{ Range: 'bytes=2-3', 'If-Range': '"other"' }, { kind: 'whole' }],
    [
      { Range: 'bytes=2-3', 'If-Range': '"tag"' },
      { kind: 'part', from: 2, end: 4 },
    ],
    [{ 'If-None-Match': 'W/"tag", "x"' }, { kind: 'unchanged' }],
    [{ 'If-None-Match': '"x"', 'If-Modified-Since': 'Sun, 06 Nov 1994 08:49:37 GMT' }, { kind: 'whole' }],
    [{ 'If-Modified-Since': 'Sun, 06 Nov 1994 08:49:37 GMT' }, { kind: 'unchanged' }],
    [{ 'If-Match': '"x"' }, { kind: 'failed' }],
  ])('%j', ([given, expected]) => {
    expect(selectionOf(headers(given), FILE, '"tag"')).toEqual(expected);
  });
});

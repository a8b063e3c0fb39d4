import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Answer } from './line.ts';
import { shown } from './shown.ts';

const text = fc.string({ unit: fc.integer({ min: 0, max: 255 }).map((code) => String.fromCharCode(code)) });
const plain: fc.Arbitrary<Answer> = fc.oneof(
  text.map((one): Answer => ({ kind: 'simple', text: one })),
  text.map((one): Answer => ({ kind: 'error', text: one })),
  text.map((one): Answer => ({ kind: 'garbage', text: one })),
  text.map((one): Answer => ({ kind: 'bulk', text: one, length: one.length })),
);

describe('shown', () => {
  test.for<[Answer, string]>([
    [{ kind: 'simple', text: 'OK' }, '+OK'],
    [{ kind: 'error', text: 'ERR no\r\n+OK' }, '-ERR no\\r\\n+OK'],
    [{ kind: 'array', items: [{ kind: 'integer', value: 1n }, { kind: 'null' }] }, '[:1, (nil)]'],
    [
      {
        kind: 'map',
        pairs: [
          [
            { kind: 'simple', text: 'a' },
            { kind: 'boolean', value: true },
          ],
        ],
      },
      '{+a: #t}',
    ],
    [{ kind: 'silence' }, '(nothing)'],
    [{ kind: 'garbage', text: '' }, '(nothing)'],
  ])('writes an answer as one line: $1', ([answer, expected]) => {
    expect(shown(answer)).toBe(expected);
  });

  test('lets nothing of a server reach the terminal as it came', () => {
    fc.assert(
      fc.property(plain, (answer) => {
        expect(shown(answer)).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      }),
    );
  });
});

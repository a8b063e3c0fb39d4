import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { distanceBetween } from './distance.ts';
import { bitsOf, cellOf, geohashText, MOST_STEPS, neighbour, positionOf } from './geohash.ts';
import { coordinateText, fixedText } from './number-text.ts';
import { partialSort } from './partial-sort.ts';
import { NEAREST } from './trigonometry.ts';

const palermo = { longitude: 13.361389, latitude: 38.115556 };
const catania = { longitude: 15.087269, latitude: 37.502669 };

describe('geohash', () => {
  test('is the score, the text and the distance of the documentation of Redis', () => {
    const score = Number(bitsOf(cellOf(palermo, MOST_STEPS)));
    const other = Number(bitsOf(cellOf(catania, MOST_STEPS)));

    expect(score).toBe(3_479_099_956_230_698);
    expect(geohashText(positionOf(score))).toBe('sqc8b49rny0');
    expect(coordinateText(positionOf(score).longitude)).toBe('13.36138933897018433');
    expect(fixedText(distanceBetween(positionOf(score), positionOf(other), true, NEAREST), 4)).toBe(
      '166274.1516',
    );
  });

  test('goes round the world', () => {
    const cell = { step: 3, column: 7, row: 0 };

    expect(neighbour(cell, 1, -1)).toEqual({ step: 3, column: 0, row: 7 });
  });

  test('comes back to within a cell', () => {
    const longitude = fc.double({ min: -180, max: 180, noNaN: true });
    const latitude = fc.double({ min: -85.05, max: 85.05, noNaN: true });

    fc.assert(
      fc.property(longitude, latitude, (east, north) => {
        const place = { longitude: east, latitude: north };
        const back = positionOf(Number(bitsOf(cellOf(place, MOST_STEPS))));

        expect(Math.abs(back.longitude - east)).toBeLessThan(360 / 2 ** 26);
        expect(Math.abs(back.latitude - north)).toBeLessThan(171 / 2 ** 26);
      }),
    );
  });
});

describe('partial sort', () => {
  test('puts the first ones in place', () => {
    fc.assert(
      fc.property(
        fc.array(fc.nat(50), { maxLength: 200 }),
        fc.integer({ min: 1, max: 200 }),
        (numbers, count) => {
          const sorted = numbers.toSorted((one, other) => one - other);

          partialSort(numbers, count, (one, other) => one - other);

          expect(numbers.slice(0, count)).toEqual(sorted.slice(0, count));
        },
      ),
    );
  });
});

import { expect, test } from 'vitest';
import { scoreText } from './score-text.ts';

test.for([
  [1.1, '1.1000000000000001', '1.1'],
  [2, '2', '2'],
  [-3.5e20, '-3.5e+20', '-3.5e+20'],
  [641_006_120_890_669.1, '641006120890669.12', '641006120890669.1'],
  // What 8.0.2 dumps: the last digit is not the nearest one.
  [791_370_724_274_689.8, '791370724274689.75', '791370724274689.7'],
  [1e-7, '9.9999999999999995e-08', '1e-7'],
  [1.5e-6, '1.5e-06', '1.5e-6'],
  [Infinity, 'inf', 'inf'],
  [-0, '-0', '-0'],
] as const)('%d is written as releases write it', ([score, older, newer]) => {
  expect(scoreText(score, 6)).toBe(older);
  expect(scoreText(score, 7.2)).toBe(newer);
});

test('great integers stay integers from 7.0 on', () => {
  expect(scoreText(1e17, 6)).toBe('1e+17');
  expect(scoreText(1e17, 7)).toBe('100000000000000000');
  expect(scoreText(1e17, 7.2)).toBe('100000000000000000');
});

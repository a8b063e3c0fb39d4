import { describe, expect, test } from 'vitest';
import { chunkName } from './chunk-name.ts';

describe('the name of a chunk', () => {
  test.for([
    ['@user_script', 'user_script'],
    ['=foo', 'foo'],
    ['return 1', '[string "return 1"]'],
    ['return 1\nreturn 2', '[string "return 1..."]'],
  ])('%j is shown as %j', ([source = '', shown]) => {
    expect(chunkName(source)).toBe(shown);
  });

  test('is cut where it is long', () => {
    expect(chunkName('x '.repeat(100)).length).toBeLessThan(60);
  });
});

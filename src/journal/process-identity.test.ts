import { describe, expect, test } from 'vitest';
import { isAlive, thisProcess } from './process-identity.ts';

describe('isAlive', () => {
  test('knows this process', () => {
    expect(isAlive(thisProcess())).toBe(true);
  });

  test('knows that a pid was given to another process since', () => {
    expect(isAlive({ ...thisProcess(), start: '1' })).toBe(process.platform !== 'linux');
  });

  test('knows that the machine was started again since', () => {
    expect(isAlive({ ...thisProcess(), boot: 'another' })).toBe(process.platform !== 'linux');
  });

  test('knows a pid that nobody has', () => {
    expect(isAlive({ ...thisProcess(), pid: 2_147_483_646 })).toBe(false);
  });
});

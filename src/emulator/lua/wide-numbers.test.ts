import { describe, expect, test } from 'vitest';
import { bytesInteger, integerBytes, packedDouble, readUnsigned } from './wide-numbers.ts';

describe('numbers of a 64-bit machine', () => {
  test.for([
    ['ffffffffff', 16, '1099511627775'],
    ['-1', 16, '18446744073709551615'],
    ['ffffffffffffffffffff', 16, '18446744073709551615'],
    [' 0xff ', 16, '255'],
    ['zz', 36, '1295'],
    ['0x', 16, ''],
    ['', 16, ''],
    ['- 1', 16, ''],
  ] as const)('are read from %j in base %i', ([text, base, expected]) => {
    expect(readUnsigned(text, base)).toBe(expected);
  });

  test('survive struct in both orders', () => {
    expect(integerBytes('1099511627776', 8, '<')).toBe('\0\0\0\0\0\x01\0\0');
    expect(integerBytes('-2', 8, '>')).toBe('\xff\xff\xff\xff\xff\xff\xff\xfe');
    expect(bytesInteger('\xff\xff\xff\xff\xff\xff\xff\xfe', true, '>')).toBe('-2');
    expect(bytesInteger('\0\0\0\0\0\x01\0\0', false, '<')).toBe('1099511627776');
  });

  test('become floats of MessagePack when they are too large', () => {
    expect(packedDouble('9223372036854775808')).toBe('\xca\x5f\0\0\0');
    expect(packedDouble('9223372036854777856')).toBe('\xcb\x43\xe0\0\0\0\0\0\x01');
  });
});

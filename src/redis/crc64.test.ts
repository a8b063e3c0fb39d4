import { expect, test } from 'vitest';
import { crc64 } from './crc64.ts';

test('crc64 is that of the reference text', () => {
  expect(crc64(Buffer.from('123456789'))).toBe(0xe9c6d914c4b8d9can);
});

test('crc64 goes on where it ended', () => {
  expect(crc64(Buffer.from('6789'), crc64(Buffer.from('12345')))).toBe(0xe9c6d914c4b8d9can);
});

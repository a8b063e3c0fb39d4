import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { argumentBytes, argumentsOf, machineReply } from './engine-codec.ts';

const byteString = fc.uint8Array({ maxLength: 40 }).map((bytes) => Buffer.from(bytes).toString('latin1'));

describe('messages of the Lua machine', () => {
  test('carry words of any bytes', () => {
    fc.assert(
      fc.property(fc.array(byteString), (words) => {
        expect(argumentsOf(argumentBytes(words))).toEqual(words);
      }),
    );
  });

  test.for([
    ['$-1\r\n', '0000000000'],
    ['*-1\r\n', '0000000000'],
    ['_\r\n', '0000000000'],
    [':-2\r\n', '0108000000feffffffffffffff'],
    ['$2\r\na\n\r\n', '0202000000610a'],
    ['+OK\r\n', '04020000004f4b'],
    ['-E\r\n', '050100000045'],
    ['*2\r\n$1\r\na\r\n*0\r\n', '03020000000201000000610300000000'],
    ['#t\r\n', '070100000001'],
    [',1.5\r\n', '0808000000000000000000f83f'],
    ['%1\r\n+a\r\n:1\r\n', '090100000004010000006101080000000100000000000000'],
    ['~1\r\n+a\r\n', '0a01000000040100000061'],
    ['(12\r\n', '0b020000003132'],
    ['=5\r\ntxt:x\r\n', '0c080000000300000074787478'],
  ])('take the reply %j', ([reply = '', hex]) => {
    expect(Buffer.from(machineReply(Buffer.from(reply, 'latin1'))).toString('hex')).toBe(hex);
  });
});

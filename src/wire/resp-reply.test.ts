import { describe, expect, test } from 'vitest';
import {
  array,
  bulk,
  double,
  errorReply,
  integer,
  map,
  nullArray,
  nullBulk,
  push,
  set,
  simpleString,
  verbatim,
} from './resp-reply.ts';

describe('a reply', () => {
  test.for([
    [simpleString('OK'), '+OK\r\n'],
    [errorReply('ERR no'), '-ERR no\r\n'],
    [integer(-5n), ':-5\r\n'],
    [bulk('a\r\nb'), '$4\r\na\r\nb\r\n'],
    [array([bulk('a'), integer(1)]), '*2\r\n$1\r\na\r\n:1\r\n'],
    [nullBulk(2), '$-1\r\n'],
    [nullArray(2), '*-1\r\n'],
    [nullBulk(3), '_\r\n'],
    [nullArray(3), '_\r\n'],
    [map([bulk('a'), integer(1)], 2), '*2\r\n$1\r\na\r\n:1\r\n'],
    [map([bulk('a'), integer(1)], 3), '%1\r\n$1\r\na\r\n:1\r\n'],
    [set([integer(1)], 3), '~1\r\n:1\r\n'],
    [push([integer(1)], 3), '>1\r\n:1\r\n'],
    [verbatim('hi', 2), '$2\r\nhi\r\n'],
    [verbatim('hi', 3), '=6\r\ntxt:hi\r\n'],
    [double(1.5, 3), ',1.5\r\n'],
    [double(-Infinity, 3), ',-inf\r\n'],
  ] as const)('%j is %j', ([reply, bytes]) => {
    expect(reply).toBe(bytes);
  });

  test('is one line whatever an argument in it holds', () => {
    expect(errorReply('ERR x\r\n+OK')).toBe('-ERR x  +OK\r\n');
    expect(simpleString('a\nb')).toBe('+a b\r\n');
  });
});

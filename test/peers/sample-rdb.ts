import { packIntset } from '../../src/emulator/rdb/intset.ts';
import { packList } from '../../src/emulator/rdb/listpack.ts';
import { compressLzf } from '../../src/emulator/rdb/lzf.ts';
import { packZiplist } from '../../src/emulator/rdb/ziplist.ts';
import { crc64 } from '../../src/redis/crc64.ts';
import { NODE, OPCODE, PART, TYPE } from '../../src/redis/rdb-types.ts';

/** Pieces of RDB files, to be put together by tests. */

export function length(value: number): Buffer {
  if (value < 0x40) return Buffer.from([value]);
  if (value < 0x4000) return Buffer.from([0x40 | (value >> 8), value & 0xff]);
  const wide = Buffer.alloc(5);
  wide[0] = 0x80;
  wide.writeUInt32BE(value, 1);
  return wide;
}

/** A length of 64 bits, which may be a lie. */
export function wideLength(value: bigint): Buffer {
  const wide = Buffer.alloc(9);
  wide[0] = 0x81;
  wide.writeBigUInt64BE(value, 1);
  return wide;
}

export function text(value: string | Buffer): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'latin1') : value;
  return Buffer.concat([length(bytes.length), bytes]);
}

/** The same packed by LZF. */
export function packedText(value: string | Buffer): Buffer {
  const bytes = typeof value === 'string' ? Buffer.from(value, 'latin1') : value;
  const packed = compressLzf(bytes, bytes.length - 4);
  if (packed === undefined) throw new Error('these bytes do not pack');
  return Buffer.concat([Buffer.from([0xc3]), length(packed.length), length(bytes.length), packed]);
}

export function i64(value: number | bigint): Buffer {
  const bytes = Buffer.alloc(8);
  bytes.writeBigInt64LE(BigInt(value));
  return bytes;
}

export function key(type: number, name: string, ...parts: readonly Buffer[]): Buffer {
  return Buffer.concat([Buffer.from([type]), text(name), ...parts]);
}

export function rdb(parts: readonly Buffer[], magic = 'REDIS0011', sum: 'right' | 'none' = 'right'): Buffer {
  const body = Buffer.concat([Buffer.from(magic), ...parts, Buffer.from([OPCODE.end])]);
  const end = Buffer.alloc(8);
  if (sum === 'right') end.writeBigUInt64LE(crc64(body));
  return Buffer.concat([body, end]);
}

const op = (code: number, ...parts: readonly Buffer[]): Buffer =>
  Buffer.concat([Buffer.from([code]), ...parts]);

const zipmap = Buffer.from('\x02\x05field\x05\x02value..\xfe\x01\0\0\0g\x01\0w\xff', 'latin1');
const ID = Buffer.alloc(16);

/** Two entries of the same fields, one with a field of its own, one deleted. */
const STREAM_NODE = packList(
  ['3 1 2 f g 0', '2 0 0 v1 w1 5', '2 1 0 v2 w2 5', '0 2 0 1 own v3 6', '3 3 0 gone gone 5'].flatMap(
    (items) => items.split(' '),
  ),
);

function stream(type: number): Buffer {
  const numbers = type === TYPE.stream ? [3, 2, 0] : [3, 2, 0, 0, 0, 3, 0, 4];
  const group = Buffer.concat([
    text('group'),
    ...(type === TYPE.stream ? [2, 0] : [2, 0, 3]).map(length),
    length(1),
    ID,
    i64(1),
    length(1),
    length(1),
    text('consumer'),
    i64(1),
    ...(type >= TYPE.stream3 ? [i64(1)] : []),
    length(1),
    ID,
    ...(type === TYPE.stream5 ? [length(1), ID] : []),
  ]);
  const producers = type >= TYPE.stream4 ? [100, 100, 0, 0, 0] : [];
  return Buffer.concat([
    length(1),
    text(ID),
    text(STREAM_NODE),
    ...numbers.map(length),
    length(1),
    group,
    ...producers.map(length),
  ]);
}

const LONG = 'a long text that repeats, a long text that repeats, '.repeat(200);

/** One key of every type and form that a Redis writes or has written; `expected` tells what stands in it. */
export const EVERY_FORM: readonly { readonly bytes: Buffer; readonly expected: unknown }[] = [
  form(TYPE.string, 'raw', [text('hello')], 'string', ['hello']),
  form(TYPE.string, 'int8', [Buffer.from([0xc0, 0xfe])], 'string', ['-2']),
  form(TYPE.string, 'int16', [Buffer.from([0xc1, 0, 1])], 'string', ['256']),
  form(TYPE.string, 'int32', [Buffer.from([0xc2, 0, 0, 1, 0])], 'string', ['65536']),
  form(TYPE.string, 'lzf', [packedText('abc'.repeat(300))], 'string', ['abc'.repeat(300)]),
  form(TYPE.list, 'list', [length(2), text('a'), packedText(LONG)], 'list', ['a', LONG]),
  form(TYPE.set, 'set', [length(2), text('a'), text('b')], 'set', ['a', 'b']),
  form(TYPE.zset, 'zset', [length(2), text('a'), text('1.5'), text('b'), Buffer.from([254])], 'zset', [
    'a',
    'b',
  ]),
  form(TYPE.hash, 'hash', [length(1), text('f'), text('v')], 'hash', ['f=v']),
  form(TYPE.zset2, 'zset2', [length(1), text('a'), i64(0)], 'zset', ['a']),
  form(
    TYPE.module2,
    'module',
    [
      wideLength(0x1234_5678_9abc_def0n),
      length(PART.unsigned),
      length(7),
      length(PART.string),
      text('x'),
      length(PART.double),
      i64(0),
      length(PART.float),
      Buffer.alloc(4),
      length(PART.end),
    ],
    'other',
    [],
  ),
  form(TYPE.hashZipmap, 'zipmap', [text(zipmap)], 'hash', ['field=value', 'g=w']),
  form(
    TYPE.listZiplist,
    'list ziplist',
    [text(packZiplist(['a', '5', '-300', '70000', '-9000000', '5000000000', 'x'.repeat(70), LONG]))],
    'list',
    ['a', '5', '-300', '70000', '-9000000', '5000000000', 'x'.repeat(70), LONG],
  ),
  form(TYPE.setIntset, 'intset 16', [text(packIntset([1n, -2n]))], 'set', ['-2', '1']),
  form(TYPE.setIntset, 'intset 32', [text(packIntset([1n, 70_000n]))], 'set', ['1', '70000']),
  form(TYPE.setIntset, 'intset 64', [text(packIntset([1n, -5_000_000_000n]))], 'set', ['-5000000000', '1']),
  form(TYPE.zsetZiplist, 'zset ziplist', [text(packZiplist(['a', '1', 'b', '2.5']))], 'zset', ['a', 'b']),
  form(TYPE.hashZiplist, 'hash ziplist', [packedText(packZiplist(['f', LONG]))], 'hash', [`f=${LONG}`]),
  form(
    TYPE.listQuicklist,
    'quicklist',
    [length(2), text(packZiplist(['a', 'b'])), text(packZiplist(['c']))],
    'list',
    ['a', 'b', 'c'],
  ),
  form(TYPE.stream, 'stream', [stream(TYPE.stream)], 'stream', ['f=v1', 'g=w1', 'f=v2', 'g=w2', 'own=v3']),
  form(TYPE.hashListpack, 'hash listpack', [text(packList(['f', 'v', 'g', '7']))], 'hash', ['f=v', 'g=7']),
  form(TYPE.zsetListpack, 'zset listpack', [text(packList(['a', '1', 'b', '2']))], 'zset', ['a', 'b']),
  form(
    TYPE.listQuicklist2,
    'quicklist 2',
    [
      length(2),
      length(NODE.packed),
      text(packList(['a', '-5000', '100000', '-9000000', '99999999999', 'x'.repeat(100)])),
      length(NODE.plain),
      text('plain'),
    ],
    'list',
    ['a', '-5000', '100000', '-9000000', '99999999999', 'x'.repeat(100), 'plain'],
  ),
  form(TYPE.stream2, 'stream 2', [stream(TYPE.stream2)], 'stream', [
    'f=v1',
    'g=w1',
    'f=v2',
    'g=w2',
    'own=v3',
  ]),
  form(TYPE.setListpack, 'set listpack', [text(packList(['a', '12']))], 'set', ['a', '12']),
  form(TYPE.stream3, 'stream 3', [stream(TYPE.stream3)], 'stream', [
    'f=v1',
    'g=w1',
    'f=v2',
    'g=w2',
    'own=v3',
  ]),
  form(TYPE.hashMetadataEarly, 'hash 22', [length(1), length(9), text('f'), text('v')], 'hash', ['f=v']),
  form(TYPE.hashListpackEarly, 'hash 23', [text(packList(['f', 'v', '0']))], 'hash', ['f=v']),
  form(
    TYPE.hashMetadata,
    'hash 24',
    [i64(5), length(2), length(0), text('f'), text('v'), length(1), text('g'), text('w')],
    'hash',
    ['f=v', 'g=w'],
  ),
  form(TYPE.hashListpackTtl, 'hash 25', [i64(5), text(packList(['f', 'v', '0', 'g', 'w', '99']))], 'hash', [
    'f=v',
    'g=w',
  ]),
];

function form(
  type: number,
  name: string,
  parts: readonly Buffer[],
  kind: string,
  elements: readonly string[],
): { readonly bytes: Buffer; readonly expected: unknown } {
  return { bytes: key(type, name, ...parts), expected: { key: name, type: kind, elements } };
}

/** What stands between keys: each form once. */
export const EVERY_OPCODE: readonly Buffer[] = [
  op(OPCODE.aux, text('redis-ver'), text('7.4.0')),
  op(OPCODE.aux, text('redis-bits'), Buffer.from([0xc0, 64])),
  op(OPCODE.function2, text('#!lua name=lib\nreturn 1')),
  op(OPCODE.functionEarly, text('early'), text('LUA'), length(1), text('about'), text('code')),
  op(
    OPCODE.moduleAux,
    wideLength(0x1234_5678_9abc_def0n),
    length(PART.unsigned),
    length(2),
    length(PART.string),
    text('x'),
    length(PART.end),
  ),
  op(OPCODE.selectDb, length(0)),
  op(OPCODE.resize, length(9), length(3)),
  op(OPCODE.slotInfo, length(1), length(2), length(3)),
  op(OPCODE.keyMetadata, length(1), Buffer.alloc(4), length(PART.unsigned), length(1), length(PART.end)),
  op(OPCODE.idle, length(300)),
  op(OPCODE.frequency, Buffer.from([7])),
];

/** A file with all of them. */
export function everyFormRdb(): Buffer {
  return rdb([...EVERY_OPCODE, ...EVERY_FORM.map(({ bytes }) => bytes)]);
}

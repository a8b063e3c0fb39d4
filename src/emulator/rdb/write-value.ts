import type { ByteString } from '../../model/bytes.ts';
import { TYPE } from '../../redis/rdb-types.ts';
import { hashForm, setForm, zsetForm } from '../encoding.ts';
import { scoreIndex } from '../scored-members.ts';
import type { Value, ValueOf } from '../value.ts';
import type { ByteWriter } from './byte-writer.ts';
import { integerOf } from './integer-text.ts';
import { packIntset } from './intset.ts';
import { writeLength } from './lengths.ts';
import { packList } from './listpack.ts';
import { scoreText } from './score-text.ts';
import { writeBlob, writeString } from './strings.ts';
import type { RdbStyle } from './style.ts';
import { writeVectorSet } from './vector-set.ts';
import { writeList } from './write-list.ts';
import { writeStream } from './write-stream.ts';
import { writeTimedHash } from './write-timed-hash.ts';
import { packZiplist } from './ziplist.ts';

/** Listpacks have taken the place of ziplists. */
const LISTPACKS = 7;

/** The type and the value, as a server of this style writes them. */
export function writeValue(writer: ByteWriter, value: Value, style: RdbStyle): void {
  switch (value.type) {
    case 'string':
      writer.byte(TYPE.string);
      writeString(writer, value.text, style.compression);
      return;
    case 'list':
      writeList(writer, value.items.slice(), style);
      return;
    case 'hash':
      writeHash(writer, value, style);
      return;
    case 'set':
      writeSet(writer, value, style);
      return;
    case 'zset':
      writeZset(writer, value, style);
      return;
    case 'stream':
      writeStream(writer, value.stream, style);
      return;
    case 'vectorset':
      writer.byte(TYPE.module2);
      writeVectorSet(writer, value.set, style.compression);
  }
}

/** What is small, in one piece: the older or the newer form by release. */
function writePacked(
  writer: ByteWriter,
  items: readonly ByteString[],
  style: RdbStyle,
  types: readonly [number, number],
): void {
  const newer = style.level >= LISTPACKS;
  writer.byte(types[newer ? 1 : 0]);
  writeBlob(writer, newer ? packList(items) : packZiplist(items), style.compression);
}

function writeHash(writer: ByteWriter, value: ValueOf<'hash'>, style: RdbStyle): void {
  const { fields, expiries } = value;
  const small = hashForm(style, value) !== 'table';
  if (expiries !== undefined && expiries.size > 0) writeTimedHash(writer, fields, expiries, small, style);
  else if (small) writePacked(writer, [...fields].flat(), style, [TYPE.hashZiplist, TYPE.hashListpack]);
  else {
    writer.byte(TYPE.hash);
    writeLength(writer, fields.size);
    for (const [field, text] of fields) {
      writeString(writer, field, style.compression);
      writeString(writer, text, style.compression);
    }
  }
}

function writeSet(writer: ByteWriter, value: ValueOf<'set'>, style: RdbStyle): void {
  const { members } = value;
  switch (setForm(style, value)) {
    case 'integers':
      writer.byte(TYPE.setIntset);
      writeBlob(writer, packIntset(leadingIntegers(members)), style.compression);
      return;
    case 'packed':
      writer.byte(TYPE.setListpack);
      writeBlob(writer, packList(inOrderOfForms(members)), style.compression);
      return;
    case 'table':
      writer.byte(TYPE.set);
      writeLength(writer, members.size);
      for (const member of members) writeString(writer, member, style.compression);
  }
}

/** What comes first was a set of integers, which are kept sorted. */
function inOrderOfForms(members: ReadonlySet<ByteString>): ByteString[] {
  const integers = leadingIntegers(members).toSorted((one, other) => (one < other ? -1 : 1));
  return [...integers.map(String), ...[...members].slice(integers.length)];
}

function leadingIntegers(members: ReadonlySet<ByteString>): bigint[] {
  const found: bigint[] = [];
  for (const member of members) {
    const value = integerOf(member);
    if (value === undefined) break;
    found.push(value);
  }
  return found;
}

function writeZset(writer: ByteWriter, value: ValueOf<'zset'>, style: RdbStyle): void {
  const rows = scoreIndex(value.scores).rows();
  if (zsetForm(style, value) === 'packed') {
    const items = rows.flatMap(([member, score]) => [member, scoreText(score, style.level)]);
    writePacked(writer, items, style, [TYPE.zsetZiplist, TYPE.zsetListpack]);
    return;
  }
  writer.byte(TYPE.zset2);
  writeLength(writer, rows.length);
  // Greatest first: so each is put in front when it is read.
  for (const [member, score] of rows.toReversed()) {
    writeString(writer, member, style.compression);
    writer.double(score);
  }
}

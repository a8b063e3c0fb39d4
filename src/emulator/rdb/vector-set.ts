import type { ByteString } from '../../model/bytes.ts';
import { PART } from '../../redis/rdb-types.ts';
import { signOf } from '../vectors/project.ts';
import type { StoredVector } from '../vectors/stored-vector.ts';
import { vectorBytes, vectorFrom } from '../vectors/stored-vector.ts';
import type { Quantisation, VectorElement, VectorSet } from '../vectors/vector-set.ts';
import { attributesCount } from '../vectors/vector-set.ts';
import type { Budget } from './budget.ts';
import { MEMBER_COST } from './budget.ts';
import type { ByteReader } from './byte-reader.ts';
import type { ByteWriter } from './byte-writer.ts';
import { readLength, readWide, writeLength } from './lengths.ts';
import { Malformed } from './malformed.ts';
import { readBlob, readString, writeBlob, writeString } from './strings.ts';

/** The module's number and the version of its format, as 8.0.2 writes them (measured). */
export const VECTOR_SET_MODULE = 0xbde7_2da2_bb1e_b400n;

/** Two numbers share a word: the form and M, the length and the range of a vector. */
const FORMS: readonly Quantisation[] = ['f32', 'int8', 'bin'];
const FLAG = { projected: 1, attributes: 2 } as const;

export function writeVectorSet(writer: ByteWriter, set: VectorSet, compression: boolean): void {
  const number = (value: number | bigint): void => {
    writeLength(writer, PART.unsigned);
    writeLength(writer, value);
  };
  const text = (bytes: ByteString): void => {
    writeLength(writer, PART.string);
    writeString(writer, bytes, compression);
  };
  const attributes = attributesCount(set) > 0;
  writeLength(writer, VECTOR_SET_MODULE);
  number(set.dimension);
  number(set.elements.size);
  number((set.links << 8) | FORMS.indexOf(set.quantisation));
  number((set.inputDimension > 0 ? FLAG.projected : 0) | (attributes ? FLAG.attributes : 0));
  if (set.inputDimension > 0) {
    number(set.inputDimension);
    writeLength(writer, PART.string);
    writeBlob(writer, matrix(set), compression);
  }
  const levels = rings(set);
  for (const [name, element] of [...set.elements].toReversed()) {
    text(name);
    if (attributes) text(element.attributes ?? '');
    text(vectorBytes(element.vector));
    const numbers = [element.id, element.level];
    for (let level = 0; level <= element.level; level++) {
      const most = level === 0 ? 2 * set.links : set.links;
      const linked = levels[level]?.(element.id, most) ?? [];
      numbers.push(linked.length, most, ...linked);
    }
    number(numbers.length + 1);
    for (const one of numbers) number(one);
    number(lengthAndRange(element.vector));
  }
  writeLength(writer, PART.end);
}

/** For each level, who an element is linked to there: those next to it in a ring, so that links go both ways. */
function rings(set: VectorSet): ((id: number, most: number) => readonly number[])[] {
  const elements = [...set.elements.values()];
  return Array.from({ length: set.maxLevel + 1 }, (_, level) => {
    const ring = elements.filter((element) => element.level >= level).map(({ id }) => id);
    const places = new Map(ring.map((id, place) => [id, place]));
    return (id, most) => {
      const place = places.get(id) ?? 0;
      if (ring.length <= most + 1) return ring.filter((other) => other !== id);
      const sides = Array.from({ length: Math.trunc(most / 2) }, (__, at) => at + 1);
      return sides.flatMap((step) => [
        ring[(place + step) % ring.length] ?? id,
        ring[(place - step + ring.length) % ring.length] ?? id,
      ]);
    };
  });
}

function matrix(set: VectorSet): Buffer {
  const scale = Math.fround(1 / Math.sqrt(set.inputDimension));
  const cells = new Float32Array(set.dimension * set.inputDimension);
  for (const at of cells.keys()) {
    cells[at] = scale * signOf(Math.trunc(at / set.inputDimension), at % set.inputDimension);
  }
  return Buffer.from(cells.buffer);
}

function lengthAndRange(vector: StoredVector): bigint {
  const word = Buffer.alloc(8);
  word.writeFloatLE(vector.length, 0);
  if (vector.form === 'int8') word.writeFloatLE(vector.range, 4);
  return word.readBigUInt64LE();
}

const MOST_DIMENSIONS = 65_536;
const MOST_LINKS = 4_096;

/** What follows the module's number. Links are not kept: every search here looks at all elements. */
export function readVectorSet(reader: ByteReader, budget: Budget): VectorSet {
  const dimension = readNumber(reader);
  let left = readNumber(reader);
  const settings = readNumber(reader);
  const flags = readNumber(reader);
  const [quantisation, links] = [FORMS[settings & 0xff], settings >> 8];
  const inputDimension = (flags & FLAG.projected) === 0 ? 0 : readNumber(reader);
  if ((flags & FLAG.projected) !== 0) mustBe(reader, PART.string, () => readBlob(reader, budget));
  if (quantisation === undefined || dimension < 1 || dimension > MOST_DIMENSIONS || left < 1)
    throw new Malformed('a vector set of no known form');
  if (links > MOST_LINKS || inputDimension > MOST_DIMENSIONS || left > reader.left)
    throw new Malformed('a vector set beyond all bounds');
  const elements: [ByteString, VectorElement][] = [];
  for (; left > 0; left--) {
    budget.spend(4 * MEMBER_COST);
    const name = mustBe(reader, PART.string, () => readString(reader, budget));
    const attributes =
      (flags & FLAG.attributes) === 0 ? '' : mustBe(reader, PART.string, () => readString(reader, budget));
    const bytes = mustBe(reader, PART.string, () => readString(reader, budget));
    const count = readNumber(reader);
    if (count < 3 || count > reader.left)
      throw new Malformed('an element of a vector set without its numbers');
    const [id, level] = [readNumber(reader), readNumber(reader)];
    for (let more = count - 3; more > 0; more--) readNumber(reader);
    const word = Buffer.alloc(8);
    word.writeBigUInt64LE(mustBe(reader, PART.unsigned, () => readWide(reader)));
    const vector = vectorFrom(bytes, quantisation, dimension, word.readFloatLE(0), word.readFloatLE(4));
    if (vector === undefined || level > 15) throw new Malformed('a vector of another dimension');
    elements.push([name, { id, vector, level, attributes: attributes === '' ? undefined : attributes }]);
  }
  if (readLength(reader) !== PART.end) throw new Malformed('a vector set that goes on');
  const set = new Map(elements.toReversed());
  if (set.size !== elements.length) throw new Malformed('an element that is there twice');
  return {
    uid: undefined,
    quantisation,
    dimension,
    inputDimension,
    links,
    elements: set,
    maxLevel: elements.reduce((most, [, { level }]) => Math.max(most, level), 0),
    lastId: elements.reduce((most, [, { id }]) => Math.max(most, id), 0),
  };
}

function mustBe<T>(reader: ByteReader, part: number, read: () => T): T {
  if (readLength(reader) !== part) throw new Malformed('another part of a vector set was due');
  return read();
}

const readNumber = (reader: ByteReader): number => mustBe(reader, PART.unsigned, () => readLength(reader));

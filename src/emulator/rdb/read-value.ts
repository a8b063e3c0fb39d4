import { NODE, TYPE } from '../../redis/rdb-types.ts';
import { createByteList } from '../byte-list.ts';
import type { Value } from '../value.ts';
import type { Budget } from './budget.ts';
import { MEMBER_COST } from './budget.ts';
import type { ByteReader } from './byte-reader.ts';
import { unpackIntset } from './intset.ts';
import { readCount, readWide } from './lengths.ts';
import { unpackList } from './listpack.ts';
import { Malformed } from './malformed.ts';
import { pairedHash, readHash, readHashWithTimes, timedHash } from './read-hash.ts';
import { skipModule } from './read-module.ts';
import { readStream } from './read-stream.ts';
import { pairedZset, readZset } from './read-zset.ts';
import { readBlob, readString } from './strings.ts';
import { readVectorSet, VECTOR_SET_MODULE } from './vector-set.ts';
import { unpackZiplist } from './ziplist.ts';
import { unpackZipmap } from './zipmap.ts';

/** The value that follows; undefined for one of a module, which is skipped. `Malformed` when it is none. */
export function readValue(type: number, reader: ByteReader, budget: Budget): Value | undefined {
  switch (type) {
    case TYPE.string:
      return { type: 'string', text: readString(reader, budget) };
    case TYPE.list:
      return listOf(readStrings(reader, budget));
    case TYPE.listZiplist:
      return listOf(unpackZiplist(readBlob(reader, budget), budget));
    case TYPE.listQuicklist:
      return listOf(readNodes(reader, budget, () => unpackZiplist(readBlob(reader, budget), budget)));
    case TYPE.listQuicklist2:
      return listOf(readNodes(reader, budget, () => readNode(reader, budget)));
    case TYPE.set:
      return setOf(readStrings(reader, budget), budget);
    case TYPE.setIntset:
      return setOf(unpackIntset(readBlob(reader, budget), budget), budget);
    case TYPE.setListpack:
      return setOf(unpackList(readBlob(reader, budget), budget), budget);
    case TYPE.zset:
    case TYPE.zset2:
      return readZset(reader, budget, type === TYPE.zset2);
    case TYPE.zsetZiplist:
      return pairedZset(unpackZiplist(readBlob(reader, budget), budget), budget);
    case TYPE.zsetListpack:
      return pairedZset(unpackList(readBlob(reader, budget), budget), budget);
    case TYPE.hash:
      return readHash(reader, budget);
    case TYPE.hashZipmap:
      return pairedHash(unpackZipmap(readBlob(reader, budget), budget), budget);
    case TYPE.hashZiplist:
      return pairedHash(unpackZiplist(readBlob(reader, budget), budget), budget);
    case TYPE.hashListpack:
      return pairedHash(unpackList(readBlob(reader, budget), budget), budget);
    case TYPE.hashMetadata:
    case TYPE.hashMetadataEarly:
      return readHashWithTimes(reader, budget, type === TYPE.hashMetadata);
    case TYPE.hashListpackTtl:
    case TYPE.hashListpackEarly:
      if (type === TYPE.hashListpackTtl) reader.i64();
      return timedHash(unpackList(readBlob(reader, budget), budget), budget);
    case TYPE.stream:
    case TYPE.stream2:
    case TYPE.stream3:
      return { type: 'stream', stream: readStream(type, reader, budget) };
    case TYPE.module2:
      if (readWide(reader) === VECTOR_SET_MODULE)
        return { type: 'vectorset', set: readVectorSet(reader, budget) };
      skipModule(reader, budget);
      return undefined;
    default:
      throw new Malformed(`an unknown type of value, ${type}`);
  }
}

function readStrings(reader: ByteReader, budget: Budget): string[] {
  const items: string[] = [];
  for (let left = readCount(reader, budget); left > 0; left--) items.push(readString(reader, budget));
  return items;
}

function readNodes(reader: ByteReader, budget: Budget, read: () => string[]): string[] {
  const items: string[] = [];
  for (let left = readCount(reader, budget); left > 0; left--) for (const item of read()) items.push(item);
  return items;
}

function readNode(reader: ByteReader, budget: Budget): string[] {
  switch (reader.byte()) {
    case NODE.plain:
      return [readString(reader, budget)];
    case NODE.packed:
      return unpackList(readBlob(reader, budget), budget);
    default:
      throw new Malformed('an unknown form of list node');
  }
}

function listOf(items: string[]): Value {
  if (items.length === 0) throw new Malformed('an empty list');
  return { type: 'list', items: createByteList(items) };
}

function setOf(items: readonly string[], budget: Budget): Value {
  budget.spend(MEMBER_COST * items.length);
  const members = new Set(items);
  if (members.size === 0) throw new Malformed('an empty set');
  if (members.size !== items.length) throw new Malformed('a member that is there twice');
  return { type: 'set', members };
}

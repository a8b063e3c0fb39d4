import type { ByteString } from '../../model/bytes.ts';
import { TYPE } from '../../redis/rdb-types.ts';
import { createStreamEntries } from '../streams/entries.ts';
import type { StreamId } from '../streams/id.ts';
import { streamId } from '../streams/id.ts';
import type { StreamNode } from '../streams/node.ts';
import type { Stream } from '../streams/stream.ts';
import { createStream, ZERO_ID } from '../streams/stream.ts';
import type { Budget } from './budget.ts';
import type { ByteReader } from './byte-reader.ts';
import { readCount, readLength, readWide } from './lengths.ts';
import { Malformed } from './malformed.ts';
import { readGroup } from './read-stream-group.ts';
import { readStreamNode } from './read-stream-node.ts';
import { readBlob } from './strings.ts';

const ID_BYTES = 16;

/** Nodes of entries, then what the stream counts, then its groups; 7.0 and 7.2 have added fields. */
export function readStream(type: number, reader: ByteReader, budget: Budget): Stream {
  const nodes = readNodes(reader, budget);
  const entries = createStreamEntries(nodes);
  if (readLength(reader) !== entries.length) throw new Malformed('a stream that counts wrong');
  const stream = createStream(entries);
  const [lastId, newest] = [readId(reader), entries.last?.id ?? ZERO_ID];
  stream.lastId = lastId < newest ? newest : lastId;
  stream.added = BigInt(entries.length);
  if (type !== TYPE.stream) {
    // The first id is that of the first entry.
    readId(reader);
    stream.maxDeleted = readId(reader);
    stream.added = readWide(reader);
  }
  for (let left = readCount(reader, budget); left > 0; left--) {
    const group = readGroup(type, reader, budget);
    if (stream.groups.has(group.name)) throw new Malformed('a group that is there twice');
    stream.groups.set(group.name, group);
  }
  return stream;
}

function readNodes(reader: ByteReader, budget: Budget): StreamNode[] {
  const nodes: StreamNode[] = [];
  let newest: StreamId | undefined;
  for (let left = readCount(reader, budget, ID_BYTES); left > 0; left--) {
    const id = readBlob(reader, budget).toString('latin1');
    if (id.length !== ID_BYTES) throw new Malformed('a stream id of a wrong length');
    const node = readStreamNode(id, readBlob(reader, budget), budget);
    const [first] = node.entries;
    if (first !== undefined && newest !== undefined && first.id <= newest) throw new Malformed(OUT_OF_ORDER);
    newest = node.entries.at(-1)?.id ?? newest;
    // A node all of whose entries are deleted is none here.
    if (first !== undefined) nodes.push(node);
  }
  return nodes;
}

const OUT_OF_ORDER = 'a stream out of order';

function readId(reader: ByteReader): ByteString {
  return streamId(readWide(reader), readWide(reader));
}

import type { ByteString } from '../../model/bytes.ts';
import { TYPE } from '../../redis/rdb-types.ts';
import type { StreamEntry } from '../streams/entry.ts';
import type { StreamId } from '../streams/id.ts';
import { idParts } from '../streams/id.ts';
import type { StreamNode } from '../streams/node.ts';
import type { Consumer, ConsumerGroup, Stream } from '../streams/stream.ts';
import { ZERO_ID } from '../streams/stream.ts';
import type { ByteWriter } from './byte-writer.ts';
import { writeLength } from './lengths.ts';
import { packList } from './listpack.ts';
import { FLAGS } from './read-stream-node.ts';
import { writeBlob, writeString } from './strings.ts';
import type { RdbStyle } from './style.ts';

const UNKNOWN = 0xffff_ffff_ffff_ffffn;

/** A stream in its nodes. What is deleted is left out, while a real server keeps it in the node until all is. */
export function writeStream(writer: ByteWriter, stream: Stream, style: RdbStyle): void {
  const type = style.level >= 7.2 ? TYPE.stream3 : style.level >= 7 ? TYPE.stream2 : TYPE.stream;
  const { entries, groups } = stream;
  const nodes = [...entries.nodes()];
  writer.byte(type);
  writeLength(writer, nodes.length);
  for (const node of nodes) {
    writeString(writer, node.id, style.compression);
    writeBlob(writer, packList(nodeItems(node)), style.compression);
  }
  writeLength(writer, entries.length);
  writeId(writer, stream.lastId);
  if (type !== TYPE.stream) {
    writeId(writer, entries.first?.id ?? ZERO_ID);
    writeId(writer, stream.maxDeleted);
    writeLength(writer, stream.added);
  }
  writeLength(writer, groups.size);
  for (const group of groups.values()) writeGroup(writer, group, type, style);
}

function nodeItems(node: StreamNode): ByteString[] {
  const { entries, fields } = node;
  const items = [String(entries.length), '0', String(fields.length), ...fields, '0'];
  for (const entry of entries) for (const item of entryItems(entry, node)) items.push(item);
  return items;
}

function entryItems({ id, fields, values }: StreamEntry, node: StreamNode): ByteString[] {
  const same = fields === node.fields;
  const content = same
    ? values
    : [String(fields.length), ...fields.flatMap((field, at) => [field, values[at] ?? ''])];
  const [own, first] = [idParts(id), idParts(node.id)];
  const items = [
    String(same ? FLAGS.sameFields : 0),
    // Signed: the sequence may be smaller than the node's.
    String(BigInt.asIntN(64, own.ms - first.ms)),
    String(BigInt.asIntN(64, own.seq - first.seq)),
    ...content,
  ];
  return [...items, String(items.length)];
}

function writeGroup(writer: ByteWriter, group: ConsumerGroup, type: number, style: RdbStyle): void {
  writeString(writer, group.name, style.compression);
  writeId(writer, group.lastDelivered);
  if (type !== TYPE.stream) writeLength(writer, group.entriesRead ?? UNKNOWN);
  writeLength(writer, group.pending.size);
  for (const [id, { deliveredAt, deliveries }] of group.pending) {
    writer.text(id);
    writer.i64(BigInt(deliveredAt));
    writeLength(writer, deliveries);
  }
  writeLength(writer, group.consumers.size);
  for (const consumer of group.consumers.values()) writeConsumer(writer, consumer, type, style);
}

function writeConsumer(writer: ByteWriter, consumer: Consumer, type: number, style: RdbStyle): void {
  writeString(writer, consumer.name, style.compression);
  writer.i64(BigInt(consumer.seenAt));
  if (type === TYPE.stream3) writer.i64(BigInt(consumer.activeAt ?? -1));
  writeLength(writer, consumer.pending.size);
  for (const [id] of consumer.pending) writer.text(id);
}

function writeId(writer: ByteWriter, id: StreamId): void {
  const { ms, seq } = idParts(id);
  writeLength(writer, ms);
  writeLength(writer, seq);
}

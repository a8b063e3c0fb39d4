import type { ByteString } from '../../model/bytes.ts';
import { NODE, TYPE } from '../../redis/rdb-types.ts';
import { nodeBounds } from '../encoding.ts';
import { packedBytes } from '../packed-size.ts';
import type { Level } from '../version.ts';
import type { ByteWriter } from './byte-writer.ts';
import { writeLength } from './lengths.ts';
import { packList } from './listpack.ts';
import { writeBlob } from './strings.ts';
import type { RdbStyle } from './style.ts';
import { packZiplist, ziplistItemSize } from './ziplist.ts';

/** Whatever number of items is allowed. */
const SAFE_NODE = 8_192;
/** From this length on an item is a node of its own. */
const PLAIN_7_0 = 2 ** 30;

/** A list in nodes, as they come to be when all items are pushed to its end. */
export function writeList(writer: ByteWriter, items: readonly ByteString[], style: RdbStyle): void {
  const newer = style.level >= 7;
  const nodes = nodesOf(items, style);
  writer.byte(newer ? TYPE.listQuicklist2 : TYPE.listQuicklist);
  writeLength(writer, nodes.length);
  for (const node of nodes) {
    const [first = ''] = node;
    if (newer && isPlain(first, style)) {
      writeLength(writer, NODE.plain);
      writeBlob(writer, Buffer.from(first, 'latin1'), style.compression);
      continue;
    }
    if (newer) writeLength(writer, NODE.packed);
    writeBlob(writer, newer ? packList(node) : packZiplist(node), style.compression);
  }
}

function isPlain({ length }: ByteString, style: RdbStyle): boolean {
  if (style.level < 7.2) return length >= PLAIN_7_0;
  const { bytes } = nodeBounds(style);
  return length > (bytes === Infinity ? SAFE_NODE : bytes);
}

function nodesOf(items: readonly ByteString[], style: RdbStyle): ByteString[][] {
  const newer = style.level >= 7;
  const bounds = nodeBounds(style);
  const most = bounds.bytes === Infinity ? SAFE_NODE : bounds.bytes;
  const nodes: ByteString[][] = [];
  let node: ByteString[] | undefined;
  let size = 0;
  for (const item of items) {
    const plain = newer && isPlain(item, style);
    const guess = size + item.length + overhead(item, nodes.length, style.level);
    const full = guess > most || (node?.length ?? 0) >= bounds.items;
    if (node === undefined || plain || full) {
      node = [];
      nodes.push(node);
      size = newer ? 7 : 11;
    }
    const before = node.at(-1);
    node.push(item);
    size += newer ? packedBytes(item) : ziplistItemSize(item, before);
    // Nothing else goes into a node that is one item.
    if (plain) node = undefined;
  }
  return nodes;
}

/** What is reckoned that an item costs beside its bytes. From 7.2 on a list begins as one listpack, without a reserve. */
function overhead({ length }: ByteString, nodes: number, level: Level): number {
  if (level >= 7.2 && nodes <= 1) return 0;
  if (level >= 7) return 8;
  return (length < 254 ? 1 : 5) + (length < 64 ? 1 : length < 16_384 ? 2 : 5);
}

import type { ByteString } from '../../model/bytes.ts';
import { allocatedSize } from '../allocated-size.ts';
import { hashForm, listForm, nodeBounds, setForm, zsetForm } from '../encoding.ts';
import { packedBytes, packedListBytes } from '../packed-size.ts';
import { ziplistItemSize } from '../rdb/ziplist.ts';
import type { Stream } from '../streams/stream.ts';
import type { Value } from '../value.ts';
import { isValkey, since } from '../version.ts';
import type { World } from '../world.ts';
import { bucketsOf, bucketTableBytes } from './tables.ts';
import { textBytes } from './text-bytes.ts';
import { vectorSetUsage } from './vector-set-bytes.ts';

type Collection = Exclude<Value, { type: 'string' }>;

const POINTER = 8;
const ENTRY = 24;

/** What a collection takes without the object's head. */
export function collectionBytes(world: World, value: Collection, samples: number): number {
  const at = { world };
  switch (value.type) {
    case 'list':
      return listForm(at, value) === 'packed'
        ? allocatedSize(packedListBytes(value.items.slice()))
        : nodesBytes(world, value.items.slice(), samples);
    case 'hash':
      return hashForm(at, value) === 'table'
        ? tableBytes(world, value.fields.size, sampled(value.fields, samples), pairBytes(world), 512)
        : packed(world, [...value.fields].flat());
    case 'set': {
      const form = setForm(at, value);
      if (form === 'integers') return integersBytes(world, value.members);
      if (form === 'packed') return packed(world, [...value.members]);
      return tableBytes(
        world,
        value.members.size,
        sampled(value.members, samples),
        (member) => textBytes(member.length),
        since(at, 7.2) ? 128 : 0,
      );
    }
    case 'zset': {
      const { byMember } = value.scores;
      return zsetForm(at, value) === 'table'
        ? skipListBytes(world, byMember.size, sampled(byMember.keys(), samples))
        : packed(
            world,
            [...byMember].flatMap(([member, score]) => [member, String(score)]),
          );
    }
    case 'stream':
      return streamSize(world, value.stream);
    case 'vectorset':
      return vectorSetUsage(value.set);
  }
}

/** One listpack, or up to 6.2 one ziplist. */
function packed(world: World, items: readonly ByteString[]): number {
  return since({ world }, 7) ? allocatedSize(packedListBytes(items)) : ziplistBytes(items);
}

const ZIPLIST_ENDS = 11;

function ziplistBytes(items: readonly ByteString[]): number {
  return items.reduce((total, item, at) => total + ziplistItemSize(item, items[at - 1]), ZIPLIST_ENDS);
}

const LISTPACK_ENDS = 7;
const NODE = 32;

/** A list of nodes, each with as many items as the setting lets it have. */
function nodesBytes(world: World, items: readonly ByteString[], samples: number): number {
  const bounds = nodeBounds({ world });
  const older = !since({ world }, 7);
  const ends = older ? ZIPLIST_ENDS : LISTPACK_ENDS;
  const nodes: number[] = [];
  let [bytes, count] = [ends, 0];
  for (const item of items) {
    const size = older ? ziplistItemSize(item, undefined) : packedBytes(item);
    // From 7.0 on the server reckons with the bare length and eight bytes more.
    const reckoned = older ? size : item.length + 8;
    if (count > 0 && (bytes + reckoned > bounds.bytes || count >= bounds.items)) {
      nodes.push(bytes);
      [bytes, count] = [ends, 0];
    }
    bytes += size;
    count++;
  }
  nodes.push(bytes);
  const looked = samples === 0 ? nodes : nodes.slice(0, samples);
  const sum = looked.reduce((total, size) => total + NODE + (older ? size : allocatedSize(size)), 0);
  return (older ? 40 : 48) + Math.trunc((sum / looked.length) * nodes.length);
}

const INTSET_HEAD = 8;

function integersBytes(world: World, members: ReadonlySet<ByteString>): number {
  let width = 2;
  for (const member of members) {
    const value = Number(member);
    if (Math.abs(value) >= 2 ** 31) width = 8;
    else if (width < 4 && (value > 32_767 || value < -32_768)) width = 4;
  }
  const bytes = INTSET_HEAD + width * members.size;
  return since({ world }, 7) ? allocatedSize(bytes) : bytes;
}

/**
 * A hash table with the elements that were looked at standing for all. `packedTo`: until that size it was a list of
 * bytes, and from 7.0 on the table is made at once for all that comes over.
 */
function tableBytes<T>(
  world: World,
  size: number,
  looked: readonly T[],
  bytesOf: (element: T) => number,
  packedTo: number,
): number {
  const mean =
    looked.length === 0 ? 0 : looked.reduce((total, element) => total + bytesOf(element), 0) / looked.length;
  if (isValkey({ world })) return bucketTableBytes(size) + Math.trunc(mean * size);
  const head = since({ world }, 7) ? 56 : 96;
  const from = since({ world }, 7) ? packedTo : 0;
  return head + POINTER * bucketsOf(size, from) + Math.trunc((ENTRY + mean) * size);
}

/** In Valkey a short field and its value are one piece. */
const pairBytes =
  (world: World) =>
  ([field, value]: readonly [ByteString, ByteString]): number => {
    const whole = field.length + 2 + 1 + value.length + 4;
    return isValkey({ world }) && whole <= 64
      ? allocatedSize(whole)
      : textBytes(field.length) + textBytes(value.length);
  };

const SKIP_LIST_HEADS = 16 + 32 + 640;
/** Of a node: 48 bytes with one level, which three in four have, and 16 for each further one. */
const MEAN_NODE = 53;

function skipListBytes(world: World, size: number, looked: readonly ByteString[]): number {
  return (
    SKIP_LIST_HEADS + tableBytes(world, size, looked, (member) => textBytes(member.length) + MEAN_NODE, 128)
  );
}

/** A stream without its nodes, and one node: from 6.2 on it takes its whole room at once. */
const STREAM_HEADS = 584;
const NODE_ROOM = 4_096;
/** An entry of one short field, and what a 6.0 needs beside. */
const ENTRY_BYTES = 11;
const OLDER_HEADS = 538;

function streamSize(world: World, { entries }: Stream): number {
  if (!since({ world }, 6.2)) return OLDER_HEADS + ENTRY_BYTES * entries.length;
  const nodes = [...entries.nodes()].length;
  return (isValkey({ world }) ? 160 : STREAM_HEADS) + NODE_ROOM * Math.max(1, nodes);
}

const MOST_LOOKED_AT = 100_000;

function sampled<T>(elements: Iterable<T>, samples: number): T[] {
  const most = samples === 0 ? MOST_LOOKED_AT : Math.min(samples, MOST_LOOKED_AT);
  const looked: T[] = [];
  for (const element of elements) {
    if (looked.length >= most) break;
    looked.push(element);
  }
  return looked;
}

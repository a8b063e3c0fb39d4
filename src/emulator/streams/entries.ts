import type { ByteString } from '../../model/bytes.ts';
import type { StreamEntry } from './entry.ts';
import { entryBytes } from './entry.ts';
import type { StreamId } from './id.ts';
import type { NodeLimits, StreamNode } from './node.ts';
import { createNode, isFull, packedSize, sameFields } from './node.ts';

/** The entries of a stream, in the nodes a real server would keep them in. */
export interface StreamEntries extends Iterable<StreamEntry> {
  readonly length: number;
  /** What they cost, bytes. */
  readonly bytes: number;
  readonly first: StreamEntry | undefined;
  readonly last: StreamEntry | undefined;
  readonly firstNode: StreamNode | undefined;
  /** Adds an entry whose id is greater than all there are. The strings are kept. */
  append(
    id: StreamId,
    fields: readonly ByteString[],
    values: readonly ByteString[],
    limits: NodeLimits,
  ): void;
  get(id: StreamId): StreamEntry | undefined;
  remove(id: StreamId): boolean;
  /** Entries from one id to another, both included, at most `count`; from the greatest down when reversed. */
  range(from: StreamId, to: StreamId, count: number, reversed?: boolean): StreamEntry[];
  /** In order. */
  nodes(): Generator<StreamNode>;
  /** Removes the first node. */
  removeNode(): void;
  /** Removes the first entries of the first node; it stays, even when none is left. */
  removeFromNode(count: number): void;
  copy(): StreamEntries;
}

export function createStreamEntries(kept: readonly StreamNode[] = []): StreamEntries {
  let nodes: (StreamNode | undefined)[] = [...kept];
  /** The ids of the nodes, those of removed ones too. */
  let ids: StreamId[] = kept.map(({ id }) => id);
  /** Before this place all nodes are removed. */
  let head = 0;
  let gone = 0;
  let length = 0;
  let bytes = 0;
  for (const node of kept) {
    length += node.entries.length;
    bytes += nodeBytes(node);
  }

  /** The last place whose id is not greater; before `head` when there is none. */
  const placeOf = (id: StreamId): number => {
    let [low, high] = [head - 1, nodes.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((ids[middle] ?? '') <= id) low = middle;
      else high = middle - 1;
    }
    return low;
  };
  /** Removed nodes leave a gap, which is closed when there are more gaps than nodes. */
  const drop = (place: number): void => {
    nodes[place] = undefined;
    gone++;
    while (head < nodes.length && nodes[head] === undefined) head++;
    while (nodes.length > head && nodes.at(-1) === undefined) {
      nodes.pop();
      ids.pop();
      gone--;
    }
    if (gone < 16 || gone * 2 < nodes.length) return;
    ids = ids.filter((_, at) => nodes[at] !== undefined);
    nodes = nodes.filter((node) => node !== undefined);
    [head, gone] = [0, 0];
  };
  const forget = (node: StreamNode, entries: readonly StreamEntry[]): void => {
    length -= entries.length;
    for (const entry of entries) bytes -= entryBytes(entry, entry.fields === node.fields);
  };
  const remove = (id: StreamId): boolean => {
    const place = placeOf(id);
    const node = nodes[place];
    const at = node === undefined ? -1 : indexOf(node, id);
    const entry = node?.entries[at];
    if (node === undefined || entry?.id !== id) return false;
    forget(node, node.entries.splice(at, 1));
    node.deleted++;
    if (node.entries.length === 0) {
      bytes -= nodeBytes(node);
      drop(place);
    }
    return true;
  };
  function* live(): Generator<StreamNode> {
    for (let place = head; place < nodes.length; place++) {
      const node = nodes[place];
      if (node !== undefined) yield node;
    }
  }
  const up = (from: StreamId, to: StreamId, count: number): StreamEntry[] => {
    const found: StreamEntry[] = [];
    for (let place = Math.max(head, placeOf(from)); place < nodes.length; place++) {
      const node = nodes[place];
      if (node === undefined) continue;
      for (let at = indexOf(node, from); at < node.entries.length; at++) {
        const entry = node.entries[at];
        if (entry === undefined || entry.id > to || found.length >= count) return found;
        found.push(entry);
      }
    }
    return found;
  };
  const down = (from: StreamId, to: StreamId, count: number): StreamEntry[] => {
    const found: StreamEntry[] = [];
    for (let place = placeOf(to); place >= head; place--) {
      const node = nodes[place];
      if (node === undefined) continue;
      let at = indexOf(node, to);
      if (node.entries[at]?.id !== to) at--;
      for (; at >= 0; at--) {
        const entry = node.entries[at];
        if (entry === undefined || entry.id < from || found.length >= count) return found;
        found.push(entry);
      }
    }
    return found;
  };
  const edge = (reversed: boolean): StreamEntry | undefined => {
    for (let left = nodes.length - head; left > 0; left--) {
      const node = nodes[reversed ? head + left - 1 : nodes.length - left];
      const entry = node?.entries.at(reversed ? -1 : 0);
      if (entry !== undefined) return entry;
    }
    return undefined;
  };
  return {
    get length() {
      return length;
    },
    get bytes() {
      return bytes;
    },
    get first() {
      return edge(false);
    },
    get last() {
      return edge(true);
    },
    get firstNode() {
      return nodes[head];
    },
    append: (id, fields, values, limits) => {
      let node = nodes.at(-1);
      if (node === undefined || isFull(node, textBytes(fields) + textBytes(values), limits)) {
        node = createNode(id, fields);
        nodes.push(node);
        ids.push(id);
        bytes += nodeBytes(node);
      }
      const shares = sameFields(node, fields);
      const entry: StreamEntry = { id, fields: shares ? node.fields : fields, values };
      node.bytes += packedSize(node, entry);
      node.lastId = id;
      node.entries.push(entry);
      length++;
      bytes += entryBytes(entry, shares);
    },
    get: (id) => {
      const node = nodes[placeOf(id)];
      const entry = node?.entries[indexOf(node, id)];
      return entry?.id === id ? entry : undefined;
    },
    remove,
    range: (from, to, count, reversed = false) => (reversed ? down(from, to, count) : up(from, to, count)),
    nodes: live,
    removeNode: () => {
      const node = nodes[head];
      if (node === undefined) return;
      forget(node, node.entries);
      bytes -= nodeBytes({ ...node, entries: [] });
      drop(head);
    },
    removeFromNode: (count) => {
      const node = nodes[head];
      if (node === undefined) return;
      const removed = node.entries.splice(0, count);
      forget(node, removed);
      node.deleted += removed.length;
    },
    copy: () => createStreamEntries([...live()].map((node) => ({ ...node, entries: [...node.entries] }))),
    *[Symbol.iterator]() {
      for (const node of live()) yield* node.entries;
    },
  };
}

/** What a node costs beside its bytes. */
const NODE_OVERHEAD = 200;

function nodeBytes(node: StreamNode): number {
  let total = NODE_OVERHEAD + textBytes(node.fields);
  for (const entry of node.entries) total += entryBytes(entry, entry.fields === node.fields);
  return total;
}

/** The place of the first entry whose id is not less. */
function indexOf({ entries }: StreamNode, id: StreamId): number {
  let [low, high] = [0, entries.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((entries[middle]?.id ?? '') < id) low = middle + 1;
    else high = middle;
  }
  return low;
}

function textBytes(texts: readonly ByteString[]): number {
  return texts.reduce((total, text) => total + text.length, 0);
}

import type { ByteString } from '../../model/bytes.ts';
import type { StoredVector } from './stored-vector.ts';
import { copyOfVector, storedBytes } from './stored-vector.ts';

export type Quantisation = 'int8' | 'bin' | 'f32';

export interface VectorElement {
  readonly id: number;
  readonly vector: StoredVector;
  /** Levels of the search graph above the lowest that a real server would have drawn for it. */
  readonly level: number;
  /** JSON, as it was given; undefined for none. */
  attributes: ByteString | undefined;
}

/** The value of a vector set. `elements` are in the order they came; one that gets a new vector comes anew. */
export interface VectorSet {
  /** Counts the sets this server has made; undefined until somebody looks at one that was read from a dump. */
  uid: number | undefined;
  readonly quantisation: Quantisation;
  readonly dimension: number;
  /** Dimension of what is given, when it is projected to another; 0 when it is not. */
  readonly inputDimension: number;
  /** M: links a node of the graph may have. */
  readonly links: number;
  readonly elements: Map<ByteString, VectorElement>;
  /** The highest level so far. */
  maxLevel: number;
  /** Counts the elements that came, also those that are gone. */
  lastId: number;
}

const ELEMENT_OVERHEAD = 300;
const LINK_BYTES = 16;

/** What one element costs. */
export function elementBytes(
  set: VectorSet,
  name: ByteString,
  { vector, attributes }: VectorElement,
): number {
  return (
    name.length +
    storedBytes(vector) +
    (attributes?.length ?? 0) +
    ELEMENT_OVERHEAD +
    LINK_BYTES * Math.min(set.links, set.elements.size)
  );
}

export function vectorSetBytes(set: VectorSet): number {
  let total = 0;
  for (const [name, element] of set.elements) total += elementBytes(set, name, element);
  return total;
}

export function copyOfVectorSet(set: VectorSet): VectorSet {
  const elements = [...set.elements].map(
    ([name, element]) => [name, { ...element, vector: copyOfVector(element.vector) }] as const,
  );
  return { ...set, elements: new Map(elements) };
}

export function attributesCount(set: VectorSet): number {
  let count = 0;
  for (const { attributes } of set.elements.values()) if (attributes !== undefined) count++;
  return count;
}

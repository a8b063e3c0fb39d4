import { allocatedSize } from '../allocated-size.ts';
import { storedBytes } from '../vectors/stored-vector.ts';
import type { VectorSet } from '../vectors/vector-set.ts';

/** Measured: a set without elements, an element, and a link of the 2 and a third of M that an element has on average. */
const SET_BYTES = 1_768;
const ELEMENT_BYTES = 360;
const LINK_BYTES = 8 * (2 + 1 / 3);
const FLOAT_BYTES = 4;

/** What 8.0 says a vector set takes, without the object's head. */
export function vectorSetUsage(set: VectorSet): number {
  let total = SET_BYTES + FLOAT_BYTES * set.dimension * set.inputDimension;
  for (const [name, { vector, attributes }] of set.elements) {
    total += ELEMENT_BYTES + LINK_BYTES * set.links + storedBytes(vector) + textObject(name.length);
    if (attributes !== undefined) total += textObject(attributes.length);
  }
  return Math.trunc(total);
}

const EMBEDDED = 44;

function textObject(length: number): number {
  return length <= EMBEDDED ? allocatedSize(20 + length) : 16 + allocatedSize(length + 4);
}

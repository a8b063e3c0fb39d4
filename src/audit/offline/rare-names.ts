import type { ByteString } from '../../model/bytes.ts';
import { shapeOf } from '../walk/odd-names.ts';

const MOST_OF_A_SHAPE = 8;
const MOST_SHAPES = 4_096;

/**
 * True for the first few names of each shape. Applications name keys by a scheme; what a stranger left among a million of
 * them has a shape of its own.
 */
export function createRareNames(): (name: ByteString) => boolean {
  const shapes = new Map<string, number>();
  return (name) => {
    const shape = shapeOf(name);
    const count = shapes.get(shape);
    if (count === undefined) {
      if (shapes.size >= MOST_SHAPES) return false;
      shapes.set(shape, 1);
      return true;
    }
    if (count >= MOST_OF_A_SHAPE) return false;
    shapes.set(shape, count + 1);
    return true;
  };
}

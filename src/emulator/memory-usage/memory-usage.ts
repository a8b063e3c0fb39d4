import type { ByteString } from '../../model/bytes.ts';
import { allocatedSize } from '../allocated-size.ts';
import { objectEncoding } from '../encoding.ts';
import type { Keyspace } from '../keyspace.ts';
import type { Value } from '../value.ts';
import { isValkey } from '../version.ts';
import type { World } from '../world.ts';
import { collectionBytes } from './collection-bytes.ts';
import { textBytes } from './text-bytes.ts';

const OBJECT = 16;
const ENTRY = 24;

/**
 * MEMORY USAGE: what a key and its value take on a real server of the release, by the sizes of its structures and of
 * jemalloc's classes (measured). `samples` elements of a collection stand for all; 0 looks at each.
 */
export function memoryUsage(
  world: World,
  database: Keyspace,
  key: ByteString,
  samples: number,
): number | undefined {
  const value = database.peek(key);
  if (value === undefined) return undefined;
  const expires = database.expires(key);
  const own = valueBytes(world, value, key, expires, samples);
  // In Valkey 8.1 the key lies in one piece with its value's head.
  return isValkey({ world }) ? own : own + textBytes(key.length) + ENTRY;
}

function valueBytes(
  world: World,
  value: Value,
  key: ByteString,
  expires: number | undefined,
  samples: number,
): number {
  if (value.type !== 'string') return OBJECT + collectionBytes(world, value, samples);
  const { length } = value.text;
  switch (objectEncoding({ world }, value, key, expires)) {
    case 'int':
      return OBJECT;
    case 'embstr':
      if (!isValkey({ world }))
        return world.level < 7 ? OBJECT + length + 2 : allocatedSize(OBJECT + length + 4);
      return allocatedSize(OBJECT + (expires === undefined ? 0 : 8) + 1 + keyBytes(key.length) + length + 4);
    default:
      return OBJECT + textBytes(length);
  }
}

const SHORT = 32;
const keyBytes = (length: number): number => length + (length < SHORT ? 2 : 4);

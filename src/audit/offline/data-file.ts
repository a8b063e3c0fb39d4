import { statSync } from 'node:fs';
import type { ByteSource } from '../../dump/byte-source.ts';
import { fileSource } from '../../dump/byte-source.ts';
import type { ByteWindow } from '../../dump/byte-window.ts';
import { createByteWindow, offsetOf } from '../../dump/byte-window.ts';
import type { Damage } from '../../dump/dump-fault.ts';
import type { RdbEnd } from '../../dump/rdb-record.ts';
import type { AofRecord } from '../../dump/read-aof.ts';
import { readAof } from '../../dump/read-aof.ts';
import type { RdbOptions } from '../../dump/read-rdb.ts';
import { readRdb } from '../../dump/read-rdb.ts';

/** A dump or an append-only file that is open. */
export interface DataFile {
  readonly path: string | 0;
  readonly kind: 'rdb' | 'aof';
  readonly source: ByteSource;
  readonly window: ByteWindow;
}

export interface DataEnd {
  /** Of the dump, or of the one in front of the commands. */
  readonly rdb: RdbEnd | undefined;
  readonly damage: Damage | undefined;
  /** Bytes that were read. */
  readonly length: number;
  /** The caller stopped it. */
  readonly stopped: boolean;
}

export function openDataFile(path: string | 0, kind: 'rdb' | 'aof', withSum: boolean): DataFile {
  const source = fileSource(path);
  return { path, kind, source, window: createByteWindow(source, withSum) };
}

/** The size of all of them; undefined when one is a pipe. */
export function totalSize(paths: readonly (string | 0)[]): number | undefined {
  let sum = 0;
  for (const path of paths) {
    if (path === 0) return undefined;
    sum += statSync(path).size;
  }
  return sum;
}

/**
 * Reads a file to its end or its damage and closes it.
 *
 * @param each gets every record with the offset behind it; a true one stops the reading.
 */
export async function readDataFile(
  { kind, window, source }: DataFile,
  options: RdbOptions,
  each: (record: AofRecord, offset: number) => boolean | Promise<boolean>,
): Promise<DataEnd> {
  try {
    const reader = kind === 'aof' ? readAof(window, options) : readRdb(window, options);
    for (;;) {
      const step = reader.next();
      if (step.done === true) {
        const { damage, length } = step.value;
        return {
          rdb: 'magic' in step.value ? step.value : step.value.preamble,
          damage,
          length,
          stopped: false,
        };
      }
      const stop = each(step.value, offsetOf(window));
      if (stop !== false && (await stop)) {
        return { rdb: undefined, damage: undefined, length: offsetOf(window), stopped: true };
      }
    }
  } finally {
    source.close();
  }
}

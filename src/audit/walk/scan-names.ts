import type { ByteString } from '../../model/bytes.ts';
import { MOST_COUNT } from '../ask/allowed.ts';
import type { AuditConnection } from '../ask/connection.ts';
import { errorOf, itemsOf, textOf, textsOf } from '../ask/reply-values.ts';
import type { AuditLimits } from '../limits.ts';
import { askPaced } from './paced.ts';

export interface ScannedNames {
  readonly names: ReadonlySet<ByteString>;
  /** Every name was seen. */
  readonly complete: boolean;
  readonly refused: string | undefined;
}

/** Every name of the selected database, which is said to hold `expected` keys; at most `most`. */
export async function scanAllNames(
  connection: AuditConnection,
  expected: number,
  most: number,
  limits: AuditLimits,
): Promise<ScannedNames> {
  const names = new Set<ByteString>();
  // Pages can be emptier than asked for; a cursor that never comes back to 0 has to end all the same.
  const mostPages = Math.ceil(expected / MOST_COUNT) * 8 + 16;
  let cursor = '0';
  for (let page = 0; page < mostPages && names.size <= most; page++) {
    const { next, keys, refused } = await scanPage(connection, cursor, limits);
    if (refused !== undefined) return { names, complete: false, refused };
    addUpTo(names, keys, most);
    if (next === '0') return { names, complete: true, refused: undefined };
    cursor = next;
  }
  return { names, complete: false, refused: undefined };
}

/**
 * A sample of the names: pages that begin at cursors spread over the whole table. A cursor is the number of a bucket
 * with its bits reversed, so multiples of an odd constant fall all over a table of any size.
 */
export async function sampleNames(
  connection: AuditConnection,
  wanted: number,
  limits: AuditLimits,
): Promise<ScannedNames> {
  const names = new Set<ByteString>();
  const pages = Math.ceil(wanted / MOST_COUNT);
  for (let page = 0; page < pages * 2 && names.size < wanted; page++) {
    const start = String(Math.imul(page, 2_654_435_761) >>> 0);
    const { keys, refused } = await scanPage(connection, start, limits);
    if (refused !== undefined) return { names, complete: false, refused };
    addUpTo(names, keys, wanted);
  }
  return { names, complete: false, refused: undefined };
}

async function scanPage(
  connection: AuditConnection,
  cursor: string,
  limits: AuditLimits,
): Promise<{ next: string; keys: readonly ByteString[]; refused: string | undefined }> {
  const [reply] = await askPaced(connection, [['SCAN', cursor, 'COUNT', String(MOST_COUNT)]], limits);
  const items = itemsOf(reply);
  const next = textOf(items?.[0]);
  const keys = textsOf(items?.[1]);
  if (next === undefined || keys === undefined || !/^\d{1,20}$/.test(next)) {
    return { next: '0', keys: [], refused: errorOf(reply) ?? 'an answer that is none' };
  }
  return { next, keys, refused: undefined };
}

function addUpTo(names: Set<ByteString>, keys: readonly ByteString[], most: number): void {
  for (const key of keys) {
    if (names.size >= most) return;
    names.add(key);
  }
}

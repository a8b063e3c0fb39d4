import type { ByteString } from '../../model/bytes.ts';
import { parseCounters } from '../../redis/info.ts';

export interface Database {
  readonly index: number;
  readonly keys: number;
}

/** The databases that hold keys, as INFO keyspace lists them. */
export function databasesOf(info: ReadonlyMap<string, ByteString>): Database[] {
  return [...info].flatMap(([field, value]) => {
    const index = /^db(\d{1,5})$/.exec(field.slice(0, 8))?.[1];
    const keys = index === undefined ? undefined : parseCounters(value).get('keys');
    return index === undefined || keys === undefined || keys === 0 ? [] : [{ index: Number(index), keys }];
  });
}

import type { ByteString } from '../../model/bytes.ts';
import { counterIn } from '../../redis/info.ts';

export interface Database {
  readonly index: number;
  readonly keys: number;
}

/** The databases that hold keys, as INFO keyspace lists them. */
export function databasesOf(info: ReadonlyMap<string, ByteString>): Database[] {
  const found: Database[] = [];
  for (const field of info.keys()) {
    const index = field.startsWith('db') ? /^db(\d{1,5})$/.exec(field.slice(0, 8))?.[1] : undefined;
    if (index === undefined) continue;
    const keys = counterIn(info.get(field) ?? '', 'keys');
    if (keys > 0) found.push({ index: Number(index), keys });
  }
  return found;
}

import type { Act } from '../model/act.ts';
import type { ByteString } from '../model/bytes.ts';
import { cutOf } from './cut-of.ts';

const KEPT_KEY = 4_096;
const KEPT_VALUE = 65_536;

/** A string that came with a master's copy of its data, as the act that a SET would have been. */
export function writtenBySync(db: number, key: ByteString, value: ByteString): Act {
  return {
    type: 'redis.value',
    db,
    key: key.slice(0, KEPT_KEY),
    kind: 'string',
    value: value.slice(0, KEPT_VALUE),
    command: 'sync',
    ...(value.length > KEPT_VALUE ? { cut: [cutOf(-1, value)] } : {}),
  };
}

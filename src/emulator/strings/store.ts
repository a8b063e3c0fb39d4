import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import { fail, OUT_OF_MEMORY, touched, valueOf } from '../command.ts';
import { MEMORY_CEILING } from '../memory-limit.ts';
import { notify } from '../notify.ts';
import type { ValueOf } from '../value.ts';
import { since } from '../version.ts';
import { lengthOf } from './long-string.ts';

/** Writes a string and drops what the key held, its time to live too unless one is given. */
export function store(call: Call, key: ByteString, text: ByteString, event = 'set', expires?: number): void {
  call.db.set(key, { type: 'string', text: ownedBytes(text) }, expires);
  notify(call, '$', event, key);
  touched(call, key);
}

/** Writes a string that was changed in place: it keeps its time to live. */
export function storeChanged(call: Call, key: ByteString, value: ValueOf<'string'>, event: string): void {
  call.db.set(key, value, call.db.expires(key));
  notify(call, '$', event, key);
  touched(call, key);
}

export function stringOf(call: Call, key: ByteString): ValueOf<'string'> | undefined {
  return valueOf(call, key, 'string');
}

/**
 * Refuses a string that would be longer than a server allows, or (a real one would take it) than fits in what is left
 * of the emulator's memory.
 */
export function checkLength(call: Call, value: ValueOf<'string'> | undefined, length: number): void {
  const most = Number(call.world.config.get('proto-max-bulk-len') ?? 536_870_912);
  if (length > most) {
    const limit = since(call, 6) ? 'proto-max-bulk-len' : '512MB';
    fail(`ERR string exceeds maximum allowed size (${limit})`);
  }
  if (call.world.memory.bytes + length - lengthOf(value) > MEMORY_CEILING) fail(OUT_OF_MEMORY);
}

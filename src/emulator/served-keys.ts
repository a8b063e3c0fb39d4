import type { ByteString } from '../model/bytes.ts';
import type { Call } from './command.ts';
import { since } from './version.ts';

/**
 * The keys that a client who waits for some may now be served from: from 7.2 on its command is run again, before that
 * it gets what is under the key that became `ready`.
 */
export function servedKeys(
  call: Call,
  keys: readonly ByteString[],
  ready: ByteString | undefined,
): readonly ByteString[] {
  return ready === undefined || since(call, 7.2) ? keys : [ready];
}

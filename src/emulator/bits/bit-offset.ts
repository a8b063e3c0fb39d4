import type { ByteString } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import { exactInteger, fail } from '../command.ts';

const NO_OFFSET = 'ERR bit offset is not an integer or out of range';

/** The place of a bit. `#n` counts in fields of `width` bits, where that is allowed. */
export function bitOffset(call: Call, text: ByteString, width = 0): number {
  const counted = width > 0 && text.startsWith('#');
  const given = exactInteger(counted ? text.slice(1) : text, NO_OFFSET);
  const offset = BigInt.asIntN(64, counted ? given * BigInt(width) : given);
  const most = BigInt(call.world.config.get('proto-max-bulk-len') ?? 536_870_912);
  return offset < 0n || offset >> 3n >= most ? fail(NO_OFFSET) : Number(offset);
}

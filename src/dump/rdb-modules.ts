import { PART } from '../redis/rdb-types.ts';
import type { ByteWindow } from './byte-window.ts';
import { skip } from './byte-window.ts';
import { DumpFault } from './dump-fault.ts';
import { readLength, readNumber } from './rdb-length.ts';
import { skipString } from './rdb-string.ts';

const LETTERS = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';

/** The nine letters that a module's number holds above ten bits of version: `ReJSON-RL`. */
export function moduleName(id: bigint): string {
  let name = '';
  for (let rest = id >> 10n; name.length < 9; rest >>= 6n)
    name = `${LETTERS[Number(rest & 63n)] ?? ''}${name}`;
  return name;
}

/** What follows a module's number. It says of each part what it is, so that who does not know the module can pass over it. */
export function skipModule(window: ByteWindow): void {
  for (;;) {
    switch (readLength(window)) {
      case PART.end:
        return;
      case PART.signed:
      case PART.unsigned:
        readNumber(window);
        break;
      case PART.float:
        skip(window, 4);
        break;
      case PART.double:
        skip(window, 8);
        break;
      case PART.string:
        skipString(window);
        break;
      default:
        throw new DumpFault('an unknown part of a module value');
    }
  }
}

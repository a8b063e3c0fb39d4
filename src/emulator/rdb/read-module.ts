import { PART } from '../../redis/rdb-types.ts';
import type { Budget } from './budget.ts';
import type { ByteReader } from './byte-reader.ts';
import { readLength, readWide } from './lengths.ts';
import { Malformed } from './malformed.ts';
import { readBlob } from './strings.ts';

/** After the module's number. A module's value says of each part what it is, so that it can be skipped by who does not know the module. */
export function skipModule(reader: ByteReader, budget: Budget): void {
  for (;;) {
    switch (readLength(reader)) {
      case PART.end:
        return;
      case PART.signed:
      case PART.unsigned:
        readWide(reader);
        break;
      case PART.float:
        reader.float();
        break;
      case PART.double:
        reader.double();
        break;
      case PART.string:
        readBlob(reader, budget);
        break;
      default:
        throw new Malformed('an unknown part of a module value');
    }
  }
}

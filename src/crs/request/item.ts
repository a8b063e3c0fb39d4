import type { ByteString } from '../../model/bytes.ts';
import type { Profile } from '../match/matcher.ts';

/** One value of a variable. */
export interface Item {
  /** Its name within the collection, as it was sent; empty for a variable that has but one value. */
  readonly key: ByteString;
  /** The key in lower case: names are compared without case. */
  readonly lowerKey: ByteString;
  readonly value: ByteString;
  /** What was found out about the value; filled when it is first asked for. */
  profile: Profile | undefined;
}

export function item(key: ByteString, value: ByteString): Item {
  return { key, lowerKey: key.toLowerCase(), value, profile: undefined };
}

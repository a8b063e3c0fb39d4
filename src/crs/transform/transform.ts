import type { ByteString } from '../../model/bytes.ts';

/** What a rule does to a value before it looks at it. Bytes in, bytes out; never throws. */
export type Transform = (value: ByteString) => ByteString;

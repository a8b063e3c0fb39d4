import type { RedisValue } from '../model/act.ts';
import type { ByteString } from '../model/bytes.ts';
import type { Damage } from './dump-fault.ts';
import type { Piece } from './piece.ts';

/** One value inside a key; of a string the only one. */
export interface DumpElement extends Piece {
  /** The field of a hash or a stream entry. */
  readonly field?: ByteString;
}

/** A key with the beginning of its value. */
export interface RdbEntry {
  readonly kind: 'entry';
  /** Offset in the file, bytes. */
  readonly offset: number;
  readonly db: number;
  /** At most the first 64 KiB. */
  readonly key: ByteString;
  /** `other` is a module's: passed over. */
  readonly type: RedisValue['kind'];
  /** As OBJECT ENCODING calls it, or would have: `listpack`, `zipmap`, ... */
  readonly encoding: string;
  /** Milliseconds since 1970 UTC. */
  readonly expires: number | undefined;
  readonly elements: readonly DumpElement[];
  /** Every element is there, each of them whole. */
  readonly whole: boolean;
  /** The module the value is of. */
  readonly module?: string;
}

/** What else stands in an RDB. */
export type RdbRecord =
  | RdbEntry
  | { readonly kind: 'aux'; readonly name: ByteString; readonly value: ByteString }
  /** A function library; its code as far as 64 KiB. */
  | { readonly kind: 'library'; readonly name: ByteString; readonly code: ByteString }
  /** Data that a module keeps beside the keys. */
  | { readonly kind: 'module'; readonly name: string }
  /** Nothing: a chance to look up from a very long value. */
  | { readonly kind: 'pause' };

/** How the reading ended. */
export interface RdbEnd {
  /** `REDIS` or `VALKEY`; empty when it is no RDB. */
  readonly magic: string;
  readonly version: number;
  /** `none`: the writer made none; `unread`: there is one, and it was not reached or not asked for. */
  readonly checksum: 'right' | 'wrong' | 'none' | 'unread';
  readonly damage: Damage | undefined;
  /** Bytes from the beginning of the file to where the reading ended. */
  readonly length: number;
}

import type { Damage } from '../../dump/dump-fault.ts';

/** What a file is, by what it holds. */
export type FileKind = 'rdb' | 'aof' | 'manifest' | 'config' | 'acl';

/** One file of the subject, as the check of dumps judges it. */
export interface DumpFile {
  /** Safe to print. */
  readonly path: string;
  readonly kind: FileKind;
  /** Bytes; undefined for a pipe. */
  readonly size: number | undefined;
  /** The permission bits (0o644); undefined for a pipe and where the system has none. */
  readonly mode: number | undefined;
  /** Other users may enter all folders above it. */
  readonly reachable?: boolean;
  /** `RDB 12`, `VALKEY 80`; undefined for what is none. */
  readonly format?: string;
  readonly checksum?: 'right' | 'wrong' | 'none' | 'unread';
  readonly damage?: Damage | undefined;
  /** Bytes behind the damage. */
  readonly unread?: number | undefined;
  /** Numbers of lines that cannot be understood. */
  readonly badLines?: readonly number[];
}

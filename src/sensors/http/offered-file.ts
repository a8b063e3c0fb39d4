import { createHash } from 'node:crypto';
import type { ActOf } from '../../model/act.ts';
import type { CaptureKind } from '../../model/capture.ts';

/** Where files of visitors are kept; whoever runs the sensor decides that. Nothing that it is given is ever run or shown. */
export interface UploadKeeper {
  /** Undefined when there is no room. */
  begin(): UploadSpool | undefined;
  /** What a file is, by its first bytes. */
  kindOf(head: Buffer): CaptureKind;
}

/** A file on its way in. `write` and `finish` throw the system's error, or when there is no room any more. */
export interface UploadSpool {
  write(piece: Buffer): void;
  /** Returns whether this content is new. */
  finish(from: UploadOrigin): boolean;
  abort(): void;
}

export interface UploadOrigin {
  readonly session: string;
  readonly address: string;
  readonly port: number;
  /** The request's target and the name that the visitor gave. */
  readonly path: string;
}

/** Whose request brings a file. */
export type OfferedBy = Omit<UploadOrigin, 'path'> & { readonly target: string };

/** One file while it comes. */
export interface OfferedFile {
  write(piece: Buffer): void;
  finish(by: OfferedBy): ActOf<'file.offered'>;
  abort(): void;
}

export interface OfferedName {
  readonly field: string;
  readonly name: string;
  readonly mime: string;
}

const HEAD = 256;

/** A file larger than `most` is not kept, but its hash is told. `onGone` is called once, when `spool` is no longer held. */
export function receiveFile(
  about: OfferedName,
  spool: UploadSpool | undefined,
  keeper: UploadKeeper | undefined,
  most: number,
  onGone: () => void,
): OfferedFile {
  const hash = createHash('sha256');
  let size = 0;
  let head = Buffer.alloc(0);
  let held = spool;
  const drop = (): void => {
    if (held === undefined) return;
    held.abort();
    held = undefined;
    onGone();
  };
  const keep = (piece: Buffer): void => {
    if (size > most) drop();
    try {
      held?.write(piece);
    } catch {
      drop();
    }
  };
  const finished = ({ target, ...by }: OfferedBy): boolean | undefined => {
    if (held === undefined) return undefined;
    try {
      // The body of a request without a form has its name in the target already.
      const path = about.field === '' && target.includes(about.name) ? target : `${target} ${about.name}`;
      const fresh = held.finish({ ...by, path });
      held = undefined;
      onGone();
      return fresh;
    } catch {
      drop();
      return undefined;
    }
  };
  return {
    write: (piece) => {
      size += piece.length;
      hash.update(piece);
      if (head.length < HEAD) head = Buffer.concat([head, piece.subarray(0, HEAD - head.length)]);
      keep(piece);
    },
    finish: (by) => {
      // A form without a choice sends an empty file.
      if (size === 0) drop();
      const fresh = finished(by);
      return {
        type: 'file.offered',
        via: 'http',
        sha256: hash.digest('hex'),
        size,
        kind: keeper?.kindOf(head) ?? 'unknown',
        ...about,
        kept: fresh !== undefined,
        fresh: fresh ?? false,
      };
    },
    abort: drop,
  };
}

import type { SegmentFile, SegmentFolder } from '../src/journal/segment-file.ts';
import { segmentFolder } from '../src/journal/segment-file.ts';

type Operation = 'prepare' | 'begin' | 'resume' | 'folder-sync' | 'write' | 'truncate' | 'sync' | 'standing';

/** Real files whose operations can be made to fail. */
export interface FaultyFolder extends SegmentFolder {
  /** From now on the operation rejects with this code (undefined: works again). */
  fail(operation: Operation, code: string | undefined): void;
  /** Bytes that still fit on the pretended disk; writes beyond are short, then fail with ENOSPC. */
  room: number;
  /** Bytes one write takes at most. */
  most: number;
  /** Calls so far. */
  readonly calls: Record<Operation, number>;
}

export function faultyFolder(path: string): FaultyFolder {
  const real = segmentFolder(path);
  const codes = new Map<Operation, string>();
  const calls = {
    prepare: 0,
    begin: 0,
    resume: 0,
    'folder-sync': 0,
    write: 0,
    truncate: 0,
    sync: 0,
    standing: 0,
  };

  const pass = (operation: Operation): void => {
    calls[operation]++;
    const code = codes.get(operation);
    if (code !== undefined) throw Object.assign(new Error(`${code} as asked`), { code });
  };
  const wrap = (file: SegmentFile): SegmentFile => ({
    write: async (bytes, position) => {
      pass('write');
      const fits = Math.min(bytes.length, faulty.room, faulty.most);
      if (fits === 0) throw Object.assign(new Error('full as asked'), { code: 'ENOSPC' });
      faulty.room -= fits;
      return file.write(bytes.subarray(0, fits), position);
    },
    truncate: async (length) => {
      pass('truncate');
      faulty.room += (await file.standing()) - length;
      await file.truncate(length);
    },
    sync: async () => {
      pass('sync');
      await file.sync();
    },
    standing: async () => {
      pass('standing');
      return file.standing();
    },
    close: () => file.close(),
  });
  const faulty: FaultyFolder = {
    path,
    calls,
    room: Number.POSITIVE_INFINITY,
    most: Number.POSITIVE_INFINITY,
    fail: (operation, code) => {
      if (code === undefined) codes.delete(operation);
      else codes.set(operation, code);
    },
    prepare: async () => {
      pass('prepare');
      await real.prepare();
    },
    begin: async (name) => {
      pass('begin');
      return wrap(await real.begin(name));
    },
    resume: async (name) => {
      pass('resume');
      return wrap(await real.resume(name));
    },
    sync: async () => {
      pass('folder-sync');
      await real.sync();
    },
  };
  return faulty;
}

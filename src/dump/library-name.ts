import type { ByteString } from '../model/bytes.ts';

/** `#!lua name=mylib` in the first line. */
export function libraryName(code: ByteString): ByteString {
  const line = code.slice(0, 512).split('\n', 1)[0] ?? '';
  return (/\sname=(\S{1,256})/.exec(line)?.[1] ?? '').replace(/^["']|["']$/g, '');
}

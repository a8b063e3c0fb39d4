import { gzipSync } from 'node:zlib';
import type { RequestHead } from '../../wire/http1/head.ts';
import { headerOf } from '../../wire/http1/head.ts';

/** Whether a request takes gzip. */
export function takesGzip(head: RequestHead): boolean {
  return (headerOf(head, 'accept-encoding') ?? '').split(',').some((coding) => {
    const [name = '', weight = ''] = coding.toLowerCase().split(';', 2);
    return name.trim() === 'gzip' && !/^\s*q\s*=\s*0(\.0*)?\s*$/.test(weight);
  });
}

/** Bodies are few and small, and packed once. */
const packed = new Map<string, Buffer>();
const MOST = 64;

export function gzipped(body: Buffer, level: number): Buffer {
  const key = `${level} ${body.toString('latin1')}`;
  const known = packed.get(key);
  if (known !== undefined) return known;
  const bytes = gzipSync(body, { level });
  if (packed.size >= MOST) packed.clear();
  packed.set(key, bytes);
  return bytes;
}

/** As one chunk, RFC 9112, 7.1. */
export function asChunk(body: Buffer): Buffer {
  return Buffer.concat([Buffer.from(`${body.length.toString(16)}\r\n`), body, Buffer.from('\r\n0\r\n\r\n')]);
}

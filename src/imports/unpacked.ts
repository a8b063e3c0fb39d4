import { createGunzip } from 'node:zlib';
import { errorCode } from '../platform/error-code.ts';

/** The file cannot be read to its end: what came before is good. */
export class EndsEarly extends Error {}

/** What is unpacked in one go: it becomes a thousand times as much at most. */
const SLICE = 8_192;

/** The bytes of a file, unpacked when it is gzip; rejects with `EndsEarly` behind what could be unpacked. */
export async function* unpacked(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const input = chunks[Symbol.asyncIterator]();
  let head: Buffer = Buffer.alloc(0);
  while (head.length < 2) {
    const next = await input.next();
    if (next.done === true) break;
    head = Buffer.concat([head, next.value]);
  }
  const whole = again(head, input);
  if (head[0] === 0x1f && head[1] === 0x8b) yield* gunzipped(whole);
  else yield* whole;
}

async function* again(head: Buffer, input: AsyncIterator<Buffer>): AsyncGenerator<Buffer> {
  if (head.length > 0) yield head;
  try {
    for (let next = await input.next(); next.done !== true; next = await input.next()) yield next.value;
  } finally {
    await input.return?.();
  }
}

/** Flowing, never paused, fed a little at a time: a stream that is paused forgets what it holds when it fails. */
async function* gunzipped(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  const gunzip = createGunzip();
  let out: Buffer[] = [];
  let failed: Error | undefined;
  const closed = new Promise<void>((resolve) => gunzip.once('close', resolve));
  gunzip
    .on('data', (piece: Buffer) => out.push(piece))
    .on('error', (error) => {
      failed = error;
    });
  const hasFailed = (): boolean => failed !== undefined;
  const taken = (): readonly Buffer[] => {
    const pieces = out;
    out = [];
    return pieces;
  };
  try {
    for await (const chunk of chunks) {
      for (let at = 0; at < chunk.length && !hasFailed(); at += SLICE) {
        await new Promise<void>((resolve) => {
          gunzip.write(chunk.subarray(at, at + SLICE), () => resolve());
        });
        yield* taken();
      }
      if (failed !== undefined) break;
    }
    if (failed === undefined) gunzip.end();
    await closed;
    yield* taken();
  } finally {
    gunzip.destroy();
  }
  if (failed !== undefined)
    throw new EndsEarly(`its gzip data is broken or cut off (${errorCode(failed) ?? 'error'})`);
}

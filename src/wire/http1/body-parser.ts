import type { ByteString } from '../byte-string.ts';
import type { BytesIn } from './bytes-in.ts';
import type { Framing } from './framing.ts';
import { CHUNK_LINE, TRAILERS } from './limits.ts';

export type BodyEvent =
  /** A piece of the body; a view on what was pushed. */
  | { readonly kind: 'body'; readonly bytes: Buffer }
  | { readonly kind: 'end'; readonly trailers: readonly ByteString[] }
  /** The body cannot be read further, nor what comes after it. */
  | { readonly kind: 'fault'; readonly fault: string };

export interface BodyParser {
  next(): BodyEvent | undefined;
}

const PIECE = 65_536;

export function createBodyParser(input: BytesIn, framing: Framing): BodyParser {
  switch (framing.kind) {
    case 'none':
      return { next: () => ({ kind: 'end', trailers: [] }) };
    case 'length': {
      let left = framing.length;
      return {
        next: () => {
          if (left === 0) return { kind: 'end', trailers: [] };
          const bytes = input.take(Math.min(left, PIECE));
          if (bytes === undefined) return undefined;
          left -= bytes.length;
          return { kind: 'body', bytes };
        },
      };
    }
    case 'chunked':
      return createChunkParser(input);
  }
}

/** RFC 9112, 7.1: a size in hex, extensions that mean nothing, the bytes, an empty line; a size of 0 ends it. */
function createChunkParser(input: BytesIn): BodyParser {
  let state: 'size' | 'bytes' | 'gap' | 'trailers' = 'size';
  let left = 0;
  let trailerBytes = 0;
  const trailers: ByteString[] = [];
  const fault = (text: string): BodyEvent => ({ kind: 'fault', fault: text });

  const step = (): BodyEvent | 'again' | undefined => {
    if (state === 'bytes') {
      const bytes = input.take(Math.min(left, PIECE));
      if (bytes === undefined) return undefined;
      left -= bytes.length;
      if (left === 0) state = 'gap';
      return { kind: 'body', bytes };
    }
    const line = input.line(CHUNK_LINE);
    if (line === undefined) return undefined;
    if (line.kind === 'too-long') return fault('a line between chunks is too long');
    switch (state) {
      case 'gap':
        if (line.text !== '') return fault('a chunk is longer than it says');
        state = 'size';
        return 'again';
      case 'size': {
        const size = /^[0-9a-fA-F]{1,12}(?=[\t ;]|$)/.exec(line.text)?.[0];
        if (size === undefined) return fault('the size of a chunk is no number');
        left = Number.parseInt(size, 16);
        state = left === 0 ? 'trailers' : 'bytes';
        return 'again';
      }
      case 'trailers':
        if (line.text === '') return { kind: 'end', trailers };
        trailerBytes += line.bytes;
        if (trailerBytes > TRAILERS) return fault('the trailers are too long');
        trailers.push(line.text);
        return 'again';
    }
  };
  return {
    next: () => {
      for (;;) {
        const event = step();
        if (event !== 'again') return event;
      }
    },
  };
}

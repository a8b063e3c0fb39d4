import type { ByteString } from '../model/bytes.ts';
import { bytesFromBuffer } from '../model/bytes.ts';
import { printable } from '../model/printable.ts';
import type { GapReason } from '../model/recording.ts';
import type { ReplyDecoder } from '../wire/reply-decoder.ts';
import { createReplyDecoder } from '../wire/reply-decoder.ts';
import type { ReplyLimits } from '../wire/reply-limits.ts';
import type { RequestDecoder } from '../wire/request-decoder.ts';
import { createRequestDecoder } from '../wire/request-decoder.ts';
import type { RequestLimits } from '../wire/request-limits.ts';
import type { PlayLimits, PlayLine } from './play-line.ts';
import type { Piece } from './read-recording.ts';
import { replyText } from './reply-text.ts';
import { requestText } from './request-text.ts';

export const REQUESTS: RequestLimits = {
  maxArguments: 1_048_576,
  maxBulk: 536_870_912,
  maxInline: 65_536,
  unauthenticated: false,
  keep: 1_048_576,
};
export const REPLIES: ReplyLimits = {
  maxLine: 1_048_576,
  maxBulk: 536_870_912,
  keepBulk: 1_048_576,
  maxElements: 1_048_576,
  maxDepth: 1_000,
  maxKept: 67_108_864,
};

/** One direction as requests or replies, until its bytes are neither; from there on as bytes. */
interface Voice {
  take(bytes: ByteString): string[][];
}

/** Turns what was recorded into what a player shows: requests and replies, each at the time it was whole. */
export async function* play(pieces: AsyncIterable<Piece>, limits: PlayLimits): AsyncGenerator<PlayLine> {
  let visitor = requestVoice(limits);
  let sensor = replyVoice(limits);
  for await (const piece of pieces) {
    const { ms } = piece;
    switch (piece.kind) {
      case 'bytes': {
        const voice = piece.from === 'visitor' ? visitor : sensor;
        // The bytes are told with the first line, so that all lines together tell all of them once.
        let { length: bytes } = piece.bytes;
        for (const text of voice.take(bytesFromBuffer(piece.bytes))) {
          yield { ms, from: piece.from, text, bytes };
          bytes = 0;
        }
        break;
      }
      case 'gap':
      case 'missing':
        // Who reads on behind a hole may stand in the middle of anything.
        visitor = requestVoice(limits);
        sensor = replyVoice(limits);
        yield { ms, from: 'note', text: [holeText(piece)], bytes: 0 };
        break;
      case 'end':
        yield { ms, from: 'note', text: ['The connection ended.'], bytes: 0 };
        break;
    }
  }
}

function requestVoice(limits: PlayLimits): Voice {
  const decoder: RequestDecoder = createRequestDecoder();
  return voiceOf(decoder, limits, () => {
    const found = decoder.next(REQUESTS);
    if (found === undefined || found.kind === 'fault') return found?.kind;
    return [requestText(found, limits)];
  });
}

function replyVoice(limits: PlayLimits): Voice {
  const decoder: ReplyDecoder = createReplyDecoder(REPLIES);
  return voiceOf(decoder, limits, () => {
    const found = decoder.next();
    if (found === undefined || found.kind === 'fault') return found?.kind;
    return replyText(found, limits);
  });
}

function voiceOf(
  decoder: { push(bytes: ByteString): void },
  limits: PlayLimits,
  next: () => string[] | 'fault' | undefined,
): Voice {
  let raw = false;
  return {
    take: (bytes) => {
      if (raw) return [bytesText(bytes, limits)];
      decoder.push(bytes);
      const told: string[][] = [];
      for (let found = next(); found !== undefined; found = next()) {
        if (found === 'fault') {
          raw = true;
          told.push(bytesText(bytes, limits));
          break;
        }
        told.push(found);
      }
      return told;
    },
  };
}

function bytesText(bytes: ByteString, { width }: PlayLimits): string[] {
  return [`[${bytes.length} bytes] ${printable(bytes, width)}`];
}

const REASONS: Readonly<Record<GapReason, string>> = {
  session: 'the visit had more than is kept of one',
  source: 'the address sent more than is kept of one',
  disk: 'the disk did not follow',
};

export function holeText(piece: Extract<Piece, { kind: 'gap' | 'missing' }>): string {
  if (piece.kind === 'missing')
    return `Here ${piece.frames} pieces are missing: damaged, not written, or removed since.`;
  const { why, visitor, sensor } = piece.gap;
  return `Here ${visitor} bytes of the visitor and ${sensor} of the sensor were not kept: ${REASONS[why]}.`;
}

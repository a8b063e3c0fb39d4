import type { ByteString } from '../byte-string.ts';
import { parseParameters } from './parameters.ts';

export interface PartHead {
  /** Name of the form field; empty when none was given. */
  readonly field: ByteString;
  /** As the visitor gave it; undefined when the part is a field and no file. */
  readonly filename: ByteString | undefined;
  /** Content type as the visitor gave it; empty when there is none. */
  readonly type: ByteString;
}

export type MultipartEvent =
  | { readonly kind: 'part'; readonly part: PartHead }
  /** A piece of the content; a view on what was pushed, or a copy. */
  | { readonly kind: 'content'; readonly bytes: Buffer }
  /** `whole` is false when the body ended first. */
  | { readonly kind: 'part-end'; readonly whole: boolean };

/**
 * `multipart/form-data` (RFC 7578) out of pieces. Lines may end with LF alone, text before the first boundary and after the
 * last is skipped, a boundary that was not announced is taken from the first line. Never throws, holds a part's head at
 * most, and reads no more than a number of parts.
 */
export interface MultipartParser {
  push(piece: Buffer): MultipartEvent[];
  /** The body is over. */
  end(): MultipartEvent[];
}

const MOST_PARTS = 256;
const HEAD_BYTES = 8_192;
const MOST_BOUNDARY = 256;
const NAME_BYTES = 1_024;
const NOTHING = Buffer.alloc(0);

export function createMultipartParser(announced: ByteString | undefined): MultipartParser {
  let mark = markOf(announced ?? '');
  let held: Buffer = NOTHING;
  let state: 'before' | 'after-mark' | 'head' | 'content' | 'over' = 'before';
  let parts = 0;
  /** What is held begins a line. */
  let atLine = true;

  /** Where a boundary begins and what comes before it ends; undefined when there is none yet. */
  const findMark = (): { readonly content: number; readonly next: number } | undefined => {
    if (mark === undefined) return undefined;
    for (let from = 0; ; ) {
      const at = held.indexOf(mark, from);
      if (at < 0) return undefined;
      const begins = at === 0 ? atLine : held[at - 1] === 10;
      if (begins) return { content: Math.max(0, at - (held[at - 2] === 13 ? 2 : 1)), next: at + mark.length };
      from = at + 1;
    }
  };
  const keepTail = (rest: Buffer): void => {
    if (rest.length < held.length) atLine = false;
    held = rest;
  };
  const step = (events: MultipartEvent[]): boolean => {
    switch (state) {
      case 'before': {
        mark ??= firstLineOf(held);
        const found = findMark();
        if (found === undefined) keepTail(tail(held, mark));
        else [held, state] = [held.subarray(found.next), 'after-mark'];
        return found !== undefined;
      }
      case 'after-mark': {
        if (held.length < 2) return false;
        if (held[0] === 0x2d && held[1] === 0x2d) state = 'over';
        else {
          const line = held.indexOf(10);
          if (line < 0 && held.length < HEAD_BYTES) return false;
          [held, state] = [held.subarray(line + 1), 'head'];
        }
        return true;
      }
      case 'head': {
        const end = headEnd(held);
        if (end === undefined && held.length < HEAD_BYTES) return false;
        const { text, next } = end ?? { text: HEAD_BYTES, next: HEAD_BYTES };
        events.push({ kind: 'part', part: partHead(held.toString('latin1', 0, text)) });
        // The line end before the content also ends the line before a boundary that follows at once.
        held = held.subarray(next);
        atLine = true;
        state = ++parts > MOST_PARTS ? 'over' : 'content';
        if (state === 'over') events.push({ kind: 'part-end', whole: false });
        return true;
      }
      case 'content': {
        const found = findMark();
        const rest = found === undefined ? tail(held, mark) : held.subarray(found.next);
        const content = held.subarray(0, found?.content ?? held.length - rest.length);
        if (content.length > 0) events.push({ kind: 'content', bytes: content });
        if (found !== undefined) events.push({ kind: 'part-end', whole: true });
        if (found === undefined) keepTail(rest);
        else [held, state] = [rest, 'after-mark'];
        return found !== undefined;
      }
      case 'over':
        held = NOTHING;
        return false;
    }
  };
  return {
    push: (piece) => {
      const events: MultipartEvent[] = [];
      if (state === 'over') return events;
      held = held.length === 0 ? piece : Buffer.concat([held, piece]);
      while (step(events));
      return events;
    },
    end: () => {
      if (state !== 'content') return [];
      const events: MultipartEvent[] = held.length > 0 ? [{ kind: 'content', bytes: held }] : [];
      [held, state] = [NOTHING, 'over'];
      return [...events, { kind: 'part-end', whole: false }];
    },
  };
}

function markOf(boundary: ByteString): Buffer | undefined {
  return boundary === '' ? undefined : Buffer.from(`--${boundary.slice(0, MOST_BOUNDARY)}`, 'latin1');
}

/** The boundary that the body itself begins with. */
function firstLineOf(held: Buffer): Buffer | undefined {
  const line = /^(?:\r?\n)*--([^\r\n]{1,256})\r?\n/.exec(held.toString('latin1', 0, 512))?.[1];
  return line === undefined ? undefined : markOf(line);
}

/** What may be the beginning of a boundary, with the line end before it; a copy, so that it keeps no piece alive. */
function tail(held: Buffer, mark: Buffer | undefined): Buffer {
  const most = (mark?.length ?? MOST_BOUNDARY) + 2;
  return held.length <= most ? held : Buffer.from(held.subarray(held.length - most));
}

/** The end of the head's text and the start of the content; undefined when it is not whole. */
function headEnd(held: Buffer): { readonly text: number; readonly next: number } | undefined {
  if (held[0] === 10) return { text: 0, next: 1 };
  if (held[0] === 13 && held[1] === 10) return { text: 0, next: 2 };
  for (let at = held.indexOf(10); at >= 0 && at < HEAD_BYTES; at = held.indexOf(10, at + 1)) {
    if (held[at + 1] === 10) return { text: at, next: at + 2 };
    if (held[at + 1] === 13 && held[at + 2] === 10) return { text: at, next: at + 3 };
  }
  return undefined;
}

function partHead(text: ByteString): PartHead {
  const header = (name: string): ByteString =>
    text
      .split('\n')
      .find((line) => line.toLowerCase().startsWith(`${name}:`))
      ?.slice(name.length + 1)
      .trim() ?? '';
  const { parameters } = parseParameters(header('content-disposition'));
  const filename = parameters.get('filename') ?? parameters.get('filename*');
  return {
    field: (parameters.get('name') ?? '').slice(0, NAME_BYTES),
    filename: filename?.slice(0, NAME_BYTES),
    type: header('content-type').slice(0, NAME_BYTES),
  };
}

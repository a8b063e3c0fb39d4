import { packed, u8, u16 } from './bytes.ts';
import { commandName, isAndX } from './commands.ts';
import type { Header } from './header.ts';
import { encodeHeader, HEADER_LENGTH } from './header.ts';

/** One command of a message. */
export interface Block {
  readonly command: number;
  readonly name: string;
  /** The parameter words, two bytes each. */
  readonly words: Buffer;
  /** Where the data bytes begin and end in the message: strings in them are aligned to the message. */
  readonly dataAt: number;
  readonly dataEnd: number;
  readonly message: Buffer;
}

/** Commands that one message may chain; real clients chain two or three. */
const CHAIN_MOST = 8;
const NO_MORE = 0xff;

/**
 * The commands of a message, in order: one, or a chain of AndX (MS-CIFS 2.2.3.4). Offsets only ever lead forward, so a
 * chain ends. What is shorter than it claims is cut; a command whose words are not there has none.
 */
export function decodeBlocks(message: Buffer, header: Header): Block[] {
  const blocks: Block[] = [];
  let command = header.command;
  for (let at = HEADER_LENGTH; at < message.length && blocks.length < CHAIN_MOST; ) {
    const wordsEnd = Math.min(at + 1 + 2 * u8(message, at), message.length);
    const words = message.subarray(at + 1, wordsEnd);
    const dataAt = Math.min(wordsEnd + 2, message.length);
    const dataEnd = Math.min(dataAt + u16(message, wordsEnd), message.length);
    blocks.push({ command, name: commandName(command), words, dataAt, dataEnd, message });
    const next = u16(words, 2);
    if (!isAndX(command) || words.length < 4 || u8(words, 0) === NO_MORE || next <= at) break;
    command = u8(words, 0);
    at = next;
  }
  return blocks;
}

/** What one command is answered; of an AndX the first two words are left to `encodeReply`. */
export interface ReplyBlock {
  readonly command: number;
  readonly words: Buffer;
  readonly data: Buffer;
}

export const EMPTY: Omit<ReplyBlock, 'command'> = { words: Buffer.alloc(0), data: Buffer.alloc(0) };

/**
 * The commands of one message. Each begins at an even place, so its data at an odd one: a UTF-16 string behind an even
 * number of bytes needs one of padding.
 */
export function encodeReply(header: Header, blocks: readonly ReplyBlock[]): Buffer {
  const parts = [encodeHeader(header)];
  let at = HEADER_LENGTH;
  for (const [index, { command, words, data }] of blocks.entries()) {
    const next = blocks[index + 1];
    const end = at + 3 + words.length + data.length;
    // A command behind another begins at a multiple of four, as Windows has it.
    const padding = next === undefined ? 0 : (4 - (end % 4)) % 4;
    const linked = Buffer.from(words);
    if (isAndX(command) && linked.length >= 4) {
      packed([1, next?.command ?? NO_MORE], [1, 0], [2, next === undefined ? 0 : end + padding]).copy(linked);
    }
    parts.push(packed([1, words.length / 2]), linked, packed([2, data.length]), data, Buffer.alloc(padding));
    at = end + padding;
  }
  return Buffer.concat(parts);
}

import type { Block } from './blocks.ts';
import { u16 } from './bytes.ts';
import type { Header } from './header.ts';
import { isUnicode } from './header.ts';
import { readText } from './text.ts';

const CREATE_WORDS = 48;
const WRITE_WORDS = 24;
const MODE_RAW = 0x0004;

/** The file or pipe that an nt-create-andx wants (MS-CIFS 2.2.4.64.1). */
export function decodeCreatePath(
  { words, message, dataAt, dataEnd }: Block,
  header: Header,
): string | undefined {
  if (words.length < CREATE_WORDS) return undefined;
  return readText(message.subarray(0, dataEnd), dataAt, isUnicode(header)).text;
}

/** What a write-andx names (MS-CIFS 2.2.4.43.1); the data themselves are counted only. */
export function decodeWrite({ words }: Block): { readonly fid: number; readonly raw: boolean } | undefined {
  if (words.length < WRITE_WORDS) return undefined;
  return { fid: u16(words, 4), raw: (u16(words, 14) & MODE_RAW) !== 0 };
}

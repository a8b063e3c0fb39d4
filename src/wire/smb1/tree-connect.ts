import type { Block, ReplyBlock } from './blocks.ts';
import { packed, u16 } from './bytes.ts';
import { COMMAND } from './commands.ts';
import type { Header } from './header.ts';
import { isUnicode } from './header.ts';
import { encodeText, readText } from './text.ts';

export interface TreeConnect {
  /** As it was asked for: `\\192.0.2.1\IPC$`. */
  readonly path: string;
  /** The client knows the longer reply (MS-SMB 2.2.4.7.1). */
  readonly wantsExtended: boolean;
}

const WORDS = 8;
const FLAG_EXTENDED = 0x0008;

/** MS-CIFS 2.2.4.55.1; the share's password is skipped. Undefined when the words are not those. */
export function decodeTreeConnect(
  { words, message, dataAt, dataEnd }: Block,
  header: Header,
): TreeConnect | undefined {
  if (words.length !== WORDS) return undefined;
  const { text } = readText(message.subarray(0, dataEnd), dataAt + u16(words, 6), isUnicode(header));
  return { path: text, wantsExtended: (u16(words, 4) & FLAG_EXTENDED) !== 0 };
}

const SEARCH_BITS = 0x0001;
/** Read and execute. */
const ACCESS = 0x0012_00a9;

/** IPC$: no file system stands behind it. */
export function encodeTreeConnect(wantsExtended: boolean, unicode: boolean): ReplyBlock {
  const service = Buffer.from('IPC\0', 'latin1');
  const padding = Buffer.alloc(unicode ? 1 : 0);
  return {
    command: COMMAND['tree-connect-andx'],
    words: packed(
      [4, 0],
      [2, SEARCH_BITS],
      ...(wantsExtended
        ? ([
            [4, ACCESS],
            [4, 0],
          ] as const)
        : []),
    ),
    data: Buffer.concat([service, padding, encodeText('', unicode)]),
  };
}

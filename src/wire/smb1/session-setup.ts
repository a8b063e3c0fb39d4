import type { Block, ReplyBlock } from './blocks.ts';
import { packed, u16, u32 } from './bytes.ts';
import { COMMAND } from './commands.ts';
import type { Header } from './header.ts';
import { isExtended, isUnicode } from './header.ts';
import { encodeText, readTexts } from './text.ts';

/** Who comes, as far as this message tells. Hashes and passwords are skipped, never read. */
export interface SessionSetup {
  readonly user: string;
  readonly domain: string;
  readonly nativeOs: string;
  readonly nativeLanMan: string;
  /** The security token, when it is the extended form. */
  readonly token: Buffer | undefined;
  /**
   * The words of the extended form with flags of the old one. Windows takes the lengths from the wrong place then and
   * allocates what the visitor likes; no client does this by accident.
   */
  readonly mixed: boolean;
}

const OLD_WORDS = 26;
const EXTENDED_WORDS = 24;
const CAPABILITY_EXTENDED = 0x8000_0000;

/** Both forms for NT LM 0.12: 13 words (MS-CIFS 2.2.4.53.1) and 12 (MS-SMB 2.2.4.6.1). Undefined for any other. */
export function decodeSessionSetup(block: Block, header: Header): SessionSetup | undefined {
  const { words, message, dataAt, dataEnd } = block;
  const data = message.subarray(0, dataEnd);
  const unicode = isUnicode(header);
  if (words.length === OLD_WORDS) {
    const texts = dataAt + u16(words, 14) + u16(words, 16);
    const [user = '', domain = '', nativeOs = '', nativeLanMan = ''] = readTexts(data, texts, unicode, 4);
    return { user, domain, nativeOs, nativeLanMan, token: undefined, mixed: false };
  }
  if (words.length !== EXTENDED_WORDS) return undefined;
  const texts = Math.min(dataAt + u16(words, 14), dataEnd);
  const [nativeOs = '', nativeLanMan = ''] = readTexts(data, texts, unicode, 2);
  const mixed = u32(words, 20) >= CAPABILITY_EXTENDED && !isExtended(header);
  return { user: '', domain: '', nativeOs, nativeLanMan, token: message.subarray(dataAt, texts), mixed };
}

const ACTION_GUEST = 0x0001;

/** Without a token the old form, which also names the workgroup. */
export function encodeSessionSetup(reply: {
  readonly guest: boolean;
  readonly token: Buffer | undefined;
  readonly unicode: boolean;
  readonly nativeOs: string;
  readonly nativeLanMan: string;
  readonly domain: string;
}): ReplyBlock {
  const { token, unicode } = reply;
  const texts = [reply.nativeOs, reply.nativeLanMan, ...(token === undefined ? [reply.domain] : [])];
  const head = token ?? Buffer.alloc(0);
  const padding = Buffer.alloc(unicode && head.length % 2 === 0 ? 1 : 0);
  return {
    command: COMMAND['session-setup-andx'],
    words: packed(
      [4, 0],
      [2, reply.guest ? ACTION_GUEST : 0],
      ...(token === undefined ? [] : [[2, token.length] as const]),
    ),
    data: Buffer.concat([head, padding, ...texts.map((text) => encodeText(text, unicode))]),
  };
}

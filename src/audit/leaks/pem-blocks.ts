import type { ByteString } from '../../model/bytes.ts';

export interface PemBlock {
  /** What stands between BEGIN and the dashes, such as `RSA PRIVATE KEY`. */
  readonly label: string;
  /** From BEGIN to END, or to the end of the text when that is missing. */
  readonly text: ByteString;
  readonly complete: boolean;
  /** The base64 between the lines, without headers, decoded. */
  readonly body: Buffer;
}

const BEGIN = '-----BEGIN ';
const LONGEST = 32_768;
/** Blocks parsed of one value: parsing a key takes a third of a millisecond. */
export const MOST_BLOCKS = 6;

/** The PEM blocks of a text, also of one whose line ends are written `\n` as in JSON. */
export function pemBlocks(text: ByteString, most: number): PemBlock[] {
  const blocks: PemBlock[] = [];
  if (!text.includes(BEGIN)) return blocks;
  const plain = text.includes('\\n') ? text.replaceAll('\\r', '').replaceAll('\\n', '\n') : text;
  let from = plain.indexOf(BEGIN);
  while (from >= 0 && blocks.length < most) {
    const label = /^[A-Z0-9 ]{1,40}(?=-----)/.exec(
      plain.slice(from + BEGIN.length, from + BEGIN.length + 46),
    )?.[0];
    if (label !== undefined) {
      const mark = `-----END ${label}-----`;
      const end = plain.slice(from, from + LONGEST).indexOf(mark);
      const block = plain.slice(from, end < 0 ? from + LONGEST : from + end + mark.length);
      blocks.push({ label, text: block, complete: end >= 0, body: bodyOf(block, label) });
    }
    from = plain.indexOf(BEGIN, from + BEGIN.length);
  }
  return blocks;
}

function bodyOf(block: ByteString, label: string): Buffer {
  const inside = block.slice(BEGIN.length + label.length + 5);
  const end = inside.indexOf('-----');
  const body = end < 0 ? inside : inside.slice(0, end);
  const lines = body.split('\n', 2_000);
  return Buffer.from(lines.filter((line) => !line.includes(':')).join(''), 'base64');
}

import type { ByteString } from '../../model/bytes.ts';

/** The phrases of `@pm`: parted by blanks, with bytes in hex between bars (`a|20 0a|b`) as Snort writes them. */
export function phrases(argument: ByteString): ByteString[] {
  return argument
    .replace(/\|((?:[0-9a-fA-F]{2} ?)+)\|/g, (_, bytes: string) =>
      Buffer.from(bytes.replaceAll(' ', ''), 'hex').toString('latin1'),
    )
    .split(/[ \t-\r]+/)
    .filter((phrase) => phrase !== '')
    .map((phrase) => phrase.toLowerCase());
}

/** The phrases of a `.data` file: one a line, without comments. */
export function phrasesOfFile(text: ByteString): ByteString[] {
  return text
    .split('\n')
    .map((line) => (line.endsWith('\r') ? line.slice(0, -1) : line))
    .filter((line) => line !== '' && !/^\s*#/.test(line))
    .map((line) => line.toLowerCase());
}

import type { ByteString } from '../model/bytes.ts';
import { printable } from '../model/printable.ts';
import type { Request } from '../wire/request-decoder.ts';
import type { PlayLimits } from './play-line.ts';

/** A request as a person would type it into redis-cli; safe to show. */
export function requestText({ argv, cut, dropped }: Request, limits: PlayLimits): string {
  const words: string[] = [];
  let length = 0;
  for (const [at, word] of argv.entries()) {
    const whole = cut.find(({ index }) => index === at);
    const text = `${quoted(word, limits.word)}${whole === undefined ? '' : ` [${whole.length} bytes]`}`;
    length += text.length + 1;
    if (length > limits.width && at > 0) {
      words.push(`… ${argv.length + dropped - at} more`);
      return words.join(' ');
    }
    words.push(text);
  }
  if (dropped > 0) words.push(`… ${dropped} more`);
  return words.join(' ');
}

/** In quotes unless it is a plain word. */
export function quoted(bytes: ByteString, most: number): string {
  if (bytes.length > 0 && bytes.length <= most && /^[\w.:/@*?+=%,-]{1,256}$/.test(bytes)) return bytes;
  return `"${printable(bytes, most).replace(/["\\](?![xnrtu])/g, '\\$&')}"`;
}

import type { ByteString } from '../../model/bytes.ts';
import { lowercase } from './space.ts';

/**
 * A command line as a shell would see it: without what only hides words (quotes, backslashes, carets), with single blanks
 * between words and none before slashes and parentheses, in lower case.
 */
export function cmdLine(value: ByteString): ByteString {
  return lowercase(
    value
      .replace(/["'\\^]+/g, '')
      .replace(/[ ,;\t\r\n]+/g, ' ')
      .replace(/ (?=[/(])/g, ''),
  );
}

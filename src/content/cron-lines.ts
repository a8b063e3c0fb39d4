import type { ByteString } from '../model/bytes.ts';
import { decodedViews } from './views.ts';

const MOST_LINES = 16;
const LONGEST_LINE = 1_024;
/** A time of five fields or a name of one, then something to run. Met by the beginning of a line only. */
const TIME =
  /^(?:(?:[\d*][\d*/,-]{0,15} ){5}|@(?:reboot|hourly|daily|midnight|weekly|monthly|annually|yearly) )(?=\S)/;

/** Lines of a crontab, in the bytes and in what is hidden in them; white space made single. At most 16. */
export function cronLinesIn(bytes: ByteString): readonly string[] {
  const found = new Set<string>();
  for (const { bytes: text } of decodedViews(bytes)) {
    for (let from = 0; from < text.length && found.size < MOST_LINES; ) {
      const at = text.indexOf('\n', from);
      const end = at < 0 ? text.length : at;
      if (end - from <= LONGEST_LINE) {
        const line = text
          .slice(from, end)
          .split(/[ \t]+/)
          .filter((word) => word !== '')
          .join(' ');
        if (TIME.test(line.slice(0, 256))) found.add(line);
      }
      from = end + 1;
    }
  }
  return [...found];
}

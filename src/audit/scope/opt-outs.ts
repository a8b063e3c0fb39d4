import { printableText } from '../../model/printable.ts';
import type { Cidr } from './cidr.ts';
import { parseCidr } from './cidr.ts';
import type { HostPattern } from './host-pattern.ts';
import { parseHostPattern } from './host-pattern.ts';
import type { ScopeFault } from './read-authorizations.ts';

/** One line of an opt-out list: never asked, whatever else says so. */
export interface OptOut {
  readonly of: Cidr | HostPattern;
  /** `FILE:12`, for messages. */
  readonly where: string;
}

const MOST = 1_000_000;

/** One address, block or host name a line; `#` begins a comment. A line that cannot be read refuses the whole list. */
export function readOptOuts(path: string, text: string): readonly OptOut[] | ScopeFault {
  const lines = text.split(/\r?\n/, MOST + 1);
  if (lines.length > MOST) {
    return { fault: `${path} has more than ${MOST} lines.`, remedy: 'Join neighbours to blocks.' };
  }
  const all: OptOut[] = [];
  for (const [index, line] of lines.entries()) {
    const hash = line.indexOf('#');
    const word = (hash < 0 ? line : line.slice(0, hash)).trim();
    if (word === '') continue;
    const where = `${path}:${index + 1}`;
    const block = parseCidr(word);
    const of = block === undefined ? parseHostPattern(word) : block;
    if (of === undefined || (typeof of === 'object' && 'fault' in of)) {
      const why = typeof of === 'object' ? of.fault : 'it is no address, block or host name';
      return {
        fault: `${where}: '${printableText(word, 60)}' cannot be read: ${why}.`,
        remedy:
          'Write one address, block or name a line. Nothing is asked while it is not known who wants to be left alone.',
      };
    }
    all.push({ of, where });
  }
  return all;
}

import type { ByteString } from '../../model/bytes.ts';

/** The first line of each reply in a stream; what they carry is passed over, however long it is. */
export interface ReplyHeads {
  /** The heads of the replies that these bytes complete. */
  push(bytes: ByteString): readonly ByteString[];
  /** What came is no reply: nothing more is said. */
  readonly broken: boolean;
}

const KEPT = 512;
const LONGEST_LINE = 131_072;
const DEEPEST = 1_000;

export function createReplyHeads(): ReplyHeads {
  let line = '';
  let lineLength = 0;
  /** Bytes of a bulk string, with its line end, that are still to come. */
  let passing = 0;
  /** Elements that are still to come of the aggregates that are open. */
  let left: number[] = [];
  let head = '';
  let broken = false;
  let found: ByteString[] = [];

  const ended = (): void => {
    for (let top = left.pop(); top !== undefined; top = left.pop()) {
      if (top > 1) {
        left.push(top - 1);
        return;
      }
    }
    // Pushed by the server, and an answer to nothing.
    if (!head.startsWith('>')) found.push(head);
    head = '';
  };
  const onLine = (text: ByteString): void => {
    if (head === '') head = text;
    const type = text.charAt(0);
    if (type !== '' && '+-:,#(_'.includes(type)) return ended();
    const count = /^.(-1|\d{1,9})$/.test(text) ? Number(text.slice(1)) : Number.NaN;
    if (type !== '' && '$=!'.includes(type) && count >= -1) {
      passing = count + 2;
      if (count < 0) {
        passing = 0;
        ended();
      }
    } else if (type !== '' && '*~>%|'.includes(type) && count >= -1 && left.length < DEEPEST) {
      const elements = type === '|' ? 2 * count + 1 : type === '%' ? 2 * count : count;
      if (elements > 0) left.push(elements);
      else ended();
    } else broken = true;
    return undefined;
  };
  return {
    push: (bytes) => {
      found = [];
      let at = 0;
      while (at < bytes.length && !broken) {
        if (passing > 0) {
          const passed = Math.min(passing, bytes.length - at);
          at += passed;
          passing -= passed;
          if (passing === 0) ended();
          continue;
        }
        const feed = bytes.indexOf('\n', at);
        const end = feed < 0 ? bytes.length : feed;
        lineLength += end - at;
        if (line.length < KEPT) line += bytes.slice(at, Math.min(end, at + KEPT));
        at = end + 1;
        if (lineLength > LONGEST_LINE) broken = true;
        if (feed < 0) break;
        const text = line.endsWith('\r') ? line.slice(0, -1) : line;
        line = '';
        lineLength = 0;
        onLine(text);
      }
      return found;
    },
    get broken() {
      return broken;
    },
  };
}

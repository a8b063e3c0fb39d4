import { createReadStream } from 'node:fs';
import { errorCode } from '../../platform/error-code.ts';
import { Complaint } from '../exit.ts';

const LONGEST_LINE = 64 * 1024 * 1024;

/** The lines of a file with the byte after each; `whole` is false for a last line without its line feed. */
export async function* reportLines(
  path: string,
): AsyncGenerator<{ readonly text: string; readonly end: number; readonly whole: boolean }> {
  let parts: Buffer[] = [];
  let length = 0;
  let at = 0;
  const take = (): string => {
    const text = Buffer.concat(parts).toString('utf8').trim();
    parts = [];
    length = 0;
    return text;
  };
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) {
      let from = 0;
      for (let feed = chunk.indexOf(10); feed >= 0; feed = chunk.indexOf(10, from)) {
        parts.push(chunk.subarray(from, feed));
        from = feed + 1;
        yield { text: take(), end: at + from, whole: true };
      }
      const rest = chunk.subarray(from);
      parts.push(rest);
      length += rest.length;
      at += chunk.length;
      if (length > LONGEST_LINE)
        throw new Complaint(`${path} has a line over 64 MiB.`, 'Is it a report of Sundew?');
    }
  } catch (error) {
    if (error instanceof Complaint) throw error;
    const code = errorCode(error) ?? 'error';
    throw new Complaint(`${path} cannot be read (${code}).`, 'Name a file that an earlier run has written.');
  }
  const last = take();
  if (last !== '') yield { text: last, end: at, whole: false };
}

/** A line as JSON, without the comma and the brackets of a list of one report a line; undefined when it is none. */
export function lineJson(text: string): unknown {
  const bare = text.replace(/,$/, '');
  try {
    return JSON.parse(bare) as unknown;
  } catch {
    return undefined;
  }
}

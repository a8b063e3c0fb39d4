import { shortDoubleText } from '../decimal.ts';

/** A number of a script as Redis 7.2 and later write it. `text` is the number as C prints it; what is none stays. */
export function doubleText(text: string): string {
  const value = Number(text);
  return Number.isFinite(value) ? shortDoubleText(value) : text;
}

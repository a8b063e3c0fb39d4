import type { ByteString } from '../model/bytes.ts';
import { printable } from '../model/printable.ts';

const NAME = 'user-agent:';
const LONGEST = 200;

/** The user agent of an HTTP request in the first bytes of a connection; none when there is no such header. */
export function userAgentIn(sample: ByteString): readonly string[] {
  const at = sample.toLowerCase().indexOf(`\n${NAME}`);
  if (at < 0) return [];
  const from = at + 1 + NAME.length;
  const end = sample.indexOf('\n', from);
  const value = sample.slice(from, end < 0 ? undefined : end).trim();
  return value === '' ? [] : [printable(value, LONGEST)];
}

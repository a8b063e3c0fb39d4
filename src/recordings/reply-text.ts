import type { ByteString } from '../model/bytes.ts';
import { printable } from '../model/printable.ts';
import type { Reply } from '../wire/reply.ts';
import type { PlayLimits } from './play-line.ts';

/** A reply as redis-cli shows one, line by line; safe to show. */
export function replyText(reply: Reply, limits: PlayLimits): string[] {
  const lines: string[] = [];
  let more = 0;
  const say = (line: string): void => {
    if (lines.length < limits.lines)
      lines.push(line.length > limits.width ? `${line.slice(0, limits.width)}…` : line);
    else more++;
  };
  tell(reply, '', '', limits, say);
  if (more > 0) lines.push(`… ${more} more lines`);
  return lines;
}

/** `lead` begins the first line, `margin` those after it. */
function tell(
  reply: Reply,
  lead: string,
  margin: string,
  limits: PlayLimits,
  say: (line: string) => void,
): void {
  switch (reply.kind) {
    case 'array':
    case 'set':
    case 'push':
      return tellItems(reply.items, MARKS[reply.kind], lead, margin, limits, say);
    case 'map':
      return tellPairs(reply.pairs, lead, margin, limits, say);
    case 'attributed':
      tellPairs(reply.attributes, `${lead}| `, margin, limits, say);
      return tell(reply.reply, margin, margin, limits, say);
    case 'bulk':
    case 'verbatim':
      return tellText(reply.text, reply.length, lead, margin, limits, say);
    default:
      return say(lead + scalarText(reply, limits));
  }
}

const MARKS = { array: ')', set: '~', push: '>' } as const;
type Scalar = Exclude<Reply, { kind: 'array' | 'set' | 'push' | 'map' | 'attributed' | 'bulk' | 'verbatim' }>;

function scalarText(reply: Scalar, { word }: PlayLimits): string {
  switch (reply.kind) {
    case 'simple':
      return printable(reply.text, word);
    case 'error':
      return `(error) ${printable(reply.text, word)}`;
    case 'integer':
      return `(integer) ${reply.value}`;
    case 'null':
      return '(nil)';
    case 'boolean':
      return reply.value ? '(true)' : '(false)';
    case 'double':
      return `(double) ${reply.value}`;
    case 'big-number':
      return `(big number) ${printable(reply.digits, word)}`;
  }
}

function tellItems(
  items: readonly Reply[],
  mark: string,
  lead: string,
  margin: string,
  limits: PlayLimits,
  say: (line: string) => void,
): void {
  if (items.length === 0) return say(`${lead}(empty array)`);
  const width = String(items.length).length;
  for (const [at, item] of items.entries()) {
    const label = `${String(at + 1).padStart(width)}${mark} `;
    tell(item, (at === 0 ? lead : margin) + label, margin + ' '.repeat(label.length), limits, say);
  }
  return undefined;
}

function tellPairs(
  pairs: readonly (readonly [Reply, Reply])[],
  lead: string,
  margin: string,
  limits: PlayLimits,
  say: (line: string) => void,
): void {
  if (pairs.length === 0) return say(`${lead}(empty hash)`);
  const width = String(pairs.length).length;
  for (const [at, [key, value]] of pairs.entries()) {
    const label = `${String(at + 1).padStart(width)}# `;
    const name = replyText(key, { ...limits, lines: 1 })[0] ?? '';
    const inner = margin + ' '.repeat(label.length);
    tell(value, `${(at === 0 ? lead : margin) + label}${name} => `, inner, limits, say);
  }
  return undefined;
}

/** A text of several lines (INFO, a script) as lines; anything else in quotes. */
function tellText(
  text: ByteString,
  length: number,
  lead: string,
  margin: string,
  limits: PlayLimits,
  say: (line: string) => void,
): void {
  const rest = length > text.length ? ` [${length} bytes]` : '';
  if (lead !== '' || !/^[^\n]{1,200}\n[^\n]/.test(text.slice(0, 256))) {
    return say(`${lead}"${printable(text, limits.word).replaceAll('"', '\\"')}"${rest}`);
  }
  for (const line of text.replace(/\r?\n$/, '').split('\n'))
    say(margin + printable(line.replace(/\r$/, ''), limits.word));
  if (rest !== '') say(margin + rest.trim());
  return undefined;
}

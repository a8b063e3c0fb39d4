import type { ByteString } from '../model/bytes.ts';
import type { Reply } from '../wire/reply.ts';
import type { Answer } from './line.ts';

/** The text of a bulk, verbatim or status reply. */
export function textOf(answer: Answer | undefined): ByteString | undefined {
  if (answer === undefined) return undefined;
  return answer.kind === 'bulk' || answer.kind === 'verbatim' || answer.kind === 'simple'
    ? answer.text
    : undefined;
}

export function numberOf(answer: Answer | undefined): number | undefined {
  if (answer?.kind === 'integer') return Number(answer.value);
  const text = textOf(answer);
  return text !== undefined && /^-?\d{1,18}$/.test(text) ? Number(text) : undefined;
}

export function itemsOf(answer: Answer | undefined): readonly Reply[] | undefined {
  return answer !== undefined && (answer.kind === 'array' || answer.kind === 'set' || answer.kind === 'push')
    ? answer.items
    : undefined;
}

/** Texts of an array; whatever is no text is left out. */
export function textsOf(answer: Answer | undefined): readonly ByteString[] {
  return (itemsOf(answer) ?? []).flatMap((item) => textOf(item) ?? []);
}

/** Names and values in turn, as CONFIG GET has them in RESP2. */
export function pairsOf(answer: Answer | undefined): ReadonlyMap<ByteString, ByteString> {
  const texts = textsOf(answer);
  const pairs = new Map<ByteString, ByteString>();
  for (let at = 0; at + 1 < texts.length; at += 2) pairs.set(texts[at] ?? '', texts[at + 1] ?? '');
  return pairs;
}

/** The rights of our user do not reach: nothing can be said. */
export function isDenied(answer: Answer): boolean {
  return answer.kind === 'error' && /^(NOPERM|LOADING|BUSY|MISCONF|MASTERDOWN) /.test(answer.text);
}

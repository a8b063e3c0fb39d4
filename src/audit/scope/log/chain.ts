import { hash } from 'node:crypto';

/**
 * How a line hangs on the one before: `{...,"chain":"<64 hex>"}`, where chain is the SHA-256 of the chain before and of
 * this line up to the chain. Who changes, removes or adds a line has to write all later ones anew, and then the last
 * chain, which the audit printed, is another.
 */
export const FIRST_CHAIN = '0'.repeat(64);
const BEFORE = ',"chain":"';
const AFTER = '"}';
const TAIL = BEFORE.length + 64 + AFTER.length;

/** @param body one JSON object without its closing brace. */
export function chained(body: string, before: string): { readonly line: string; readonly chain: string } {
  const chain = hash('sha256', before + body, 'hex');
  return { line: `${body}${BEFORE}${chain}${AFTER}\n`, chain };
}

/** The chain of a line that hangs on `before`; undefined when it does not. */
export function checkedChain(line: string, before: string): string | undefined {
  const body = line.slice(0, -TAIL);
  const { line: whole, chain } = chained(body, before);
  return whole === `${line}\n` ? chain : undefined;
}

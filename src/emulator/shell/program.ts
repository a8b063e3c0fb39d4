import type { ByteString } from '../../model/bytes.ts';
import type { Machine } from './machine.ts';

/** One program of the pretended machine being called. */
export interface ProgramCall {
  readonly name: string;
  readonly args: readonly ByteString[];
  readonly input: ByteString;
  readonly machine: Machine;
  readonly variables: Map<string, ByteString>;
  folder(): string;
  enter(folder: string): void;
  out(text: ByteString): void;
  err(text: ByteString): void;
  /** Runs another program in the place of this one. */
  run(words: readonly ByteString[], input?: ByteString): number;
  /** Reads a text as lines of a shell of its own; it becomes evidence. */
  script(text: ByteString, input?: ByteString): number;
}

/** Returns the exit status. */
export type Program = (call: ProgramCall) => number;
export type Programs = Readonly<Record<string, Program>>;

/** Words that begin with a minus, taken apart: `-la` is `l` and `a`; `--` ends them. */
export function optionsOf(args: readonly ByteString[]): {
  readonly letters: ReadonlySet<string>;
  readonly rest: readonly ByteString[];
} {
  const letters = new Set<string>();
  const rest: ByteString[] = [];
  let ended = false;
  for (const word of args) {
    if (ended || word === '-' || !word.startsWith('-')) rest.push(word);
    else if (word === '--') ended = true;
    else if (word.startsWith('--')) letters.add(word.slice(2, 34));
    else for (const letter of word.slice(1, 33)) letters.add(letter);
  }
  return { letters, rest };
}

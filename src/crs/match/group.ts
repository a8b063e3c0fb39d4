import type { ByteString } from '../../model/bytes.ts';
import type { NativeChecks, NativeEngine } from '../regex/native.ts';
import { askInPieces } from '../regex/pieces.ts';
import type { FixedOperator } from './operator.ts';

const NO = 0;
const YES = 1;
const OPEN = 2;

/** A value after the transformations of one chain, and what is known of it. */
export interface Judged {
  readonly value: ByteString;
  /** Operators that were not ruled out when the value came: literals of theirs are there, or they have none. */
  readonly live: readonly number[];
  /** What is known of each of them, in the same order. */
  readonly states: number[];
}

const NONE: number[] = [];

/** All operators that look at values after the same transformations. */
export class OperatorGroup {
  readonly operators: FixedOperator[] = [];
  #native: NativeChecks | undefined;
  /** Which pattern of the native engine an operator is. */
  readonly #nativeNumbers = new Map<number, number>();
  #alwaysLive: readonly number[] = [];

  /** Before `prepare`. Returns the operator's number in this group. */
  add(operator: FixedOperator): number {
    return this.operators.push(operator) - 1;
  }

  prepare(native: NativeEngine | undefined): void {
    // Without literals to look for, only the operator itself can tell.
    this.#alwaysLive = [...this.operators.keys()].filter((index) => {
      const operator = this.operators[index];
      return operator !== undefined && literalsOf(operator) === undefined;
    });
    const patterns: { regex: string }[] = [];
    for (const [index, operator] of this.operators.entries()) {
      if (operator.kind !== 'pattern' || operator.pattern.linear === undefined) continue;
      this.#nativeNumbers.set(index, patterns.push({ regex: operator.pattern.linear }) - 1);
    }
    this.#native = patterns.length === 0 ? undefined : native?.compile(patterns);
  }

  /** `present`: the operators of which a literal is in the value. */
  judge(value: ByteString, present: readonly number[]): Judged {
    if (present.length === 0 && this.#alwaysLive.length === 0) return { value, live: NONE, states: NONE };
    const live = present.length === 0 ? this.#alwaysLive : [...this.#alwaysLive, ...present];
    return { value, live, states: live.map((index) => (this.operators[index]?.kind === 'present' ? YES : OPEN)) };
  }

  holds(judged: Judged, index: number): boolean {
    const at = judged.live.indexOf(index);
    const state = at < 0 ? NO : judged.states[at];
    if (state !== OPEN) return state === YES;
    const operator = this.operators[index];
    if (operator === undefined) return false;
    if (operator.kind === 'pattern' && judged.value.length > operator.pattern.shortest) this.#judgeLong(judged);
    else if (operator.kind === 'pattern') judged.states[at] = operator.pattern.testShort(judged.value) ? YES : NO;
    else if (operator.kind === 'test') judged.states[at] = operator.test(judged.value) ? YES : NO;
    return judged.states[at] === YES;
  }

  /** Asks all open patterns at once that V8 must not be asked: a call of the native engine has its price. */
  #judgeLong({ value, states, live }: Judged): void {
    const native = new Map<number, number>();
    for (const [at, index] of live.entries()) {
      const operator = this.operators[index];
      if (states[at] !== OPEN || operator?.kind !== 'pattern' || value.length <= operator.pattern.shortest) continue;
      const number = this.#nativeNumbers.get(index);
      if (number !== undefined && this.#native?.refused.has(number) === false) native.set(number, at);
      else states[at] = operator.pattern.testLong(value) ? YES : NO;
    }
    if (native.size === 0 || this.#native === undefined) return;
    const holding = askInPieces(this.#native, [...native.keys()], value);
    for (const [number, at] of native) {
      const operator = this.operators[live[at] ?? 0];
      const sure = !holding.partial || (operator?.kind === 'pattern' && operator.pattern.testLong(value));
      states[at] = holding.numbers.has(number) && sure ? YES : NO;
    }
  }
}

/** One of these has to be in a value on which the operator holds; undefined when nothing has to. */
export function literalsOf(operator: FixedOperator): readonly ByteString[] | undefined {
  switch (operator.kind) {
    case 'pattern':
      return operator.pattern.literals;
    case 'present':
      return operator.literals;
    case 'test':
      return undefined;
  }
}

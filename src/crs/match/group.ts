import type { ByteString } from '../../model/bytes.ts';
import type { NativeChecks, NativeEngine } from '../regex/native.ts';
import { askInPieces } from '../regex/pieces.ts';
import type { FixedOperator } from './operator.ts';

const NO = 0;
const YES = 1;
const OPEN = 2;

/** A value after the transformations of one chain, and what is known of it: a state for each operator of the group. */
export interface Judged {
  readonly value: ByteString;
  readonly states: Uint8Array;
  /** Operators that were not ruled out when the value came: literals of theirs are there, or they have none. */
  readonly live: readonly number[];
}

/** All operators that look at values after the same transformations. */
export class OperatorGroup {
  readonly operators: FixedOperator[] = [];
  #native: NativeChecks | undefined;
  /** Which pattern of the native engine an operator is. */
  readonly #nativeNumbers = new Map<number, number>();
  #start = new Uint8Array(0);
  #alwaysLive: readonly number[] = [];

  /** Before `prepare`. Returns the operator's number in this group. */
  add(operator: FixedOperator): number {
    return this.operators.push(operator) - 1;
  }

  prepare(native: NativeEngine | undefined): void {
    // Without literals to look for, only the operator itself can tell.
    this.#start = Uint8Array.from(this.operators, (operator) => (literalsOf(operator) === undefined ? OPEN : NO));
    this.#alwaysLive = [...this.#start.keys()].filter((index) => this.#start[index] === OPEN);
    const patterns: { regex: string }[] = [];
    for (const [index, operator] of this.operators.entries()) {
      if (operator.kind !== 'pattern' || operator.pattern.linear === undefined) continue;
      this.#nativeNumbers.set(index, patterns.push({ regex: operator.pattern.linear }) - 1);
    }
    this.#native = patterns.length === 0 ? undefined : native?.compile(patterns);
  }

  /** `present`: the operators of which a literal is in the value. */
  judge(value: ByteString, present: readonly number[]): Judged {
    if (present.length === 0 && this.#alwaysLive.length === 0) return { value, states: this.#start, live: present };
    const states = this.#start.slice();
    if (present.length === 0) return { value, states, live: this.#alwaysLive };
    for (const index of present) states[index] = this.operators[index]?.kind === 'present' ? YES : OPEN;
    return { value, states, live: [...this.#alwaysLive, ...present] };
  }

  holds(judged: Judged, index: number): boolean {
    const state = judged.states[index];
    if (state !== OPEN) return state === YES;
    const operator = this.operators[index];
    if (operator === undefined) return false;
    if (operator.kind === 'pattern' && judged.value.length > operator.pattern.shortest) this.#judgeLong(judged);
    else if (operator.kind === 'pattern') judged.states[index] = operator.pattern.testShort(judged.value) ? YES : NO;
    else if (operator.kind === 'test') judged.states[index] = operator.test(judged.value) ? YES : NO;
    return judged.states[index] === YES;
  }

  /** Asks all open patterns at once that V8 must not be asked: a call of the native engine has its price. */
  #judgeLong({ value, states, live }: Judged): void {
    const native = new Map<number, number>();
    for (const index of live) {
      const operator = this.operators[index];
      if (states[index] !== OPEN || operator?.kind !== 'pattern' || value.length <= operator.pattern.shortest) continue;
      const number = this.#nativeNumbers.get(index);
      if (number !== undefined && this.#native?.refused.has(number) === false) native.set(number, index);
      else states[index] = operator.pattern.testLong(value) ? YES : NO;
    }
    if (native.size === 0 || this.#native === undefined) return;
    const holding = askInPieces(this.#native, [...native.keys()], value);
    for (const [number, index] of native) {
      const operator = this.operators[index];
      const sure = !holding.partial || (operator?.kind === 'pattern' && operator.pattern.testLong(value));
      states[index] = holding.numbers.has(number) && sure ? YES : NO;
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

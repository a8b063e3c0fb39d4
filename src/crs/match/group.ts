import type { ByteString } from '../../model/bytes.ts';
import type { NativeChecks, NativeEngine } from '../regex/native.ts';
import { askInPieces } from '../regex/pieces.ts';
import type { FixedOperator } from './operator.ts';
import { literalsOf } from './operator.ts';

const NO = 0;
const YES = 1;
const OPEN = 2;

/** A value after the transformations of one chain, and what is known of it. */
export interface Judged {
  readonly value: ByteString;
  /** Operators of which a literal is in the value. */
  readonly present: readonly number[];
  /** What is known of these, and behind them of those that have no literals, in order. */
  readonly states: number[];
}

const NONE: number[] = [];
/** Values below this length are matched by re2js sooner than the native engine is called. */
const WORTH_NATIVE = 600;

/** All operators that look at values after the same transformations. */
export class OperatorGroup {
  readonly operators: FixedOperator[] = [];
  #native: NativeChecks | undefined;
  /** Which pattern of the native engine an operator is. */
  readonly #nativeNumbers = new Map<number, number>();
  /** Operators that are asked about every value: they have no literals, and answers that are worth to be kept. */
  #always: readonly number[] = [];
  /** By operator: its place among those, or -1. */
  #alwaysPlace: readonly number[] = [];

  /** Before `prepare`. Returns the operator's number in this group. */
  add(operator: FixedOperator): number {
    return this.operators.push(operator) - 1;
  }

  prepare(native: NativeEngine | undefined): void {
    this.#always = [...this.operators.keys()].filter((index) => isAlwaysAsked(this.operators[index]));
    this.#alwaysPlace = this.operators.map((_, index) => this.#always.indexOf(index));
    const patterns: { regex: string }[] = [];
    for (const [index, operator] of this.operators.entries()) {
      if (operator.kind !== 'pattern' || operator.pattern.linear === undefined) continue;
      this.#nativeNumbers.set(index, patterns.push({ regex: operator.pattern.linear }) - 1);
    }
    this.#native = patterns.length === 0 ? undefined : native?.compile(patterns);
  }

  /** `present`: the operators of which a literal is in the value. */
  judge(value: ByteString, present: readonly number[]): Judged {
    const always = this.#always.length;
    if (present.length + always === 0) return { value, present, states: NONE };
    const states = present.map((index) => (this.operators[index]?.kind === 'present' ? YES : OPEN));
    for (let count = 0; count < always; count += 1) states.push(OPEN);
    return { value, present, states };
  }

  holds(judged: Judged, index: number): boolean {
    const operator = this.operators[index];
    if (operator === undefined) return false;
    if (operator.kind === 'test' && operator.costly !== true) return operator.test(judged.value);
    const at = this.#placeOf(judged, index);
    const state = at < 0 ? NO : judged.states[at];
    if (state !== OPEN) return state === YES;
    if (operator.kind === 'pattern' && judged.value.length > operator.pattern.shortest)
      this.#judgeLong(judged);
    else if (operator.kind === 'pattern')
      judged.states[at] = operator.pattern.testShort(judged.value) ? YES : NO;
    else if (operator.kind === 'test') judged.states[at] = operator.test(judged.value) ? YES : NO;
    return judged.states[at] === YES;
  }

  /** Where the state of an operator is; -1 when a literal of it would have to be there and is not. */
  #placeOf({ present }: Judged, index: number): number {
    const always = this.#alwaysPlace[index] ?? -1;
    return always >= 0 ? present.length + always : present.indexOf(index);
  }

  /** Asks all open patterns at once that V8 must not be asked: a call of the native engine has its price. */
  #judgeLong({ value, states, present }: Judged): void {
    const native = new Map<number, number>();
    const asked = [...present, ...this.#always];
    for (const [at, index] of asked.entries()) {
      const operator = this.operators[index];
      if (states[at] !== OPEN || operator?.kind !== 'pattern' || value.length <= operator.pattern.shortest)
        continue;
      const number = this.#nativeNumbers.get(index);
      const isWorth = value.length >= WORTH_NATIVE;
      if (isWorth && number !== undefined && this.#native?.refused.has(number) === false)
        native.set(number, at);
      else states[at] = operator.pattern.testLong(value) ? YES : NO;
    }
    if (native.size === 0 || this.#native === undefined) return;
    const holding = askInPieces(this.#native, [...native.keys()], value);
    for (const [number, at] of native) {
      const operator = this.operators[asked[at] ?? 0];
      const sure = !holding.partial || (operator?.kind === 'pattern' && operator.pattern.testLong(value));
      states[at] = holding.numbers.has(number) && sure ? YES : NO;
    }
  }
}

function isAlwaysAsked(operator: FixedOperator | undefined): boolean {
  if (operator === undefined || literalsOf(operator) !== undefined) return false;
  return operator.kind !== 'test' || operator.costly === true;
}

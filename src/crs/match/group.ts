import type { ByteString } from '../../model/bytes.ts';
import type { NativeChecks, NativeEngine } from '../regex/native.ts';
import { NATIVE_LONGEST } from '../regex/native.ts';
import type { Transform } from '../transform/transform.ts';
import type { Automaton } from './automaton.ts';
import { createAutomaton } from './automaton.ts';
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
  readonly #operators: FixedOperator[] = [];
  readonly #transforms: readonly Transform[];
  #automaton: Automaton | undefined;
  #native: NativeChecks | undefined;
  #start = new Uint8Array(0);
  #alwaysLive: readonly number[] = [];

  constructor(transforms: readonly Transform[]) {
    this.#transforms = transforms;
  }

  /** Before `prepare`. Returns the operator's number in this group. */
  add(operator: FixedOperator): number {
    return this.#operators.push(operator) - 1;
  }

  prepare(native: NativeEngine | undefined): void {
    const literalsOf = this.#operators.map((operator) =>
      operator.kind === 'pattern' ? operator.pattern.literals : operator.kind === 'present' ? operator.literals : undefined,
    );
    // Without literals to look for, only the operator itself can tell.
    this.#start = Uint8Array.from(literalsOf, (literals) => (literals === undefined ? OPEN : NO));
    this.#alwaysLive = [...this.#start.keys()].filter((index) => this.#start[index] === OPEN);
    const owned = literalsOf.flatMap((literals, owner) => (literals === undefined ? [] : [{ owner, literals }]));
    this.#automaton = createAutomaton(owned);
    // Places stay in step: what needs no linear engine gets a pattern that is never asked.
    this.#native = native?.compile(
      this.#operators.map((operator) => ({
        regex: (operator.kind === 'pattern' ? operator.pattern.linear : undefined) ?? 'x',
      })),
    );
  }

  judge(raw: ByteString): Judged {
    let value = raw;
    for (const transform of this.#transforms) value = transform(value);
    const states = this.#start.slice();
    const operators = this.#operators;
    let live: number[] | undefined;
    this.#automaton?.scan(value, (owner) => {
      if (states[owner] !== NO) return;
      states[owner] = operators[owner]?.kind === 'present' ? YES : OPEN;
      live ??= [...this.#alwaysLive];
      live.push(owner);
    });
    return { value, states, live: live ?? this.#alwaysLive };
  }

  holds(judged: Judged, index: number): boolean {
    const state = judged.states[index];
    if (state !== OPEN) return state === YES;
    const operator = this.#operators[index];
    if (operator === undefined) return false;
    if (operator.kind === 'pattern' && judged.value.length > operator.pattern.shortest) this.#judgeLong(judged);
    else if (operator.kind === 'pattern') judged.states[index] = operator.pattern.testShort(judged.value) ? YES : NO;
    else if (operator.kind === 'test') judged.states[index] = operator.test(judged.value) ? YES : NO;
    return judged.states[index] === YES;
  }

  /** Asks all open patterns at once that V8 must not be asked: a call of the native engine has its price. */
  #judgeLong({ value, states }: Judged): void {
    const native: number[] = [];
    for (const [index, operator] of this.#operators.entries()) {
      if (states[index] !== OPEN || operator.kind !== 'pattern' || value.length <= operator.pattern.shortest) continue;
      if (this.#isNative(index)) native.push(index);
      else states[index] = operator.pattern.testLong(value) ? YES : NO;
    }
    if (native.length === 0) return;
    const holding = this.#askNative(native, value);
    for (const index of native) states[index] = holding.has(index) ? YES : NO;
  }

  #isNative(index: number): boolean {
    const operator = this.#operators[index];
    return (
      this.#native !== undefined &&
      !this.#native.refused.has(index) &&
      operator?.kind === 'pattern' &&
      operator.pattern.linear !== undefined
    );
  }

  /**
   * The native engine cuts long values. Those go to it in pieces that overlap by half; what holds in a piece is asked of the
   * whole once more, because a piece has a beginning and an end that the value has not.
   */
  #askNative(which: readonly number[], value: ByteString): ReadonlySet<number> {
    const longest = /[\x80-\xff]/.test(value) ? NATIVE_LONGEST / 2 : NATIVE_LONGEST;
    if (value.length <= longest) return this.#native?.holding(which, value) ?? new Set();
    const holding = new Set<number>();
    for (let at = 0; at < value.length; at += longest / 2) {
      const open = which.filter((index) => !holding.has(index));
      for (const index of this.#native?.holding(open, value.slice(at, at + longest)) ?? []) holding.add(index);
      if (at + longest >= value.length) break;
    }
    for (const index of holding) {
      const operator = this.#operators[index];
      if (operator?.kind === 'pattern' && !operator.pattern.testLong(value)) holding.delete(index);
    }
    return holding;
  }
}

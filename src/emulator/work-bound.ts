import { Overflow } from './reply-bound.ts';

/** Members, elements or bytes that one command may go through, as many times as it does. */
const MOST_STEPS = 2_000_000;

/**
 * To be called before a command goes through collections that it may name again and again: a product of two numbers that
 * a visitor chooses must not hold up all the others. Beyond the bound the connection ends, as by a limit on output.
 */
export function boundWork(steps: number): void {
  if (steps > MOST_STEPS) throw new Overflow();
}

import type { Check, Probe } from '../check.ts';
import type { Step } from '../dialogue.ts';
import { dialogue } from '../dialogue.ts';

export interface About {
  readonly id: string;
  readonly title: string;
  readonly why: string;
  readonly source?: string;
  readonly measured?: true;
}

/** A check that asks on one connection of its own and wants these answers. */
export function asks(about: About, steps: (probe: Probe) => readonly Step[]): Check {
  return {
    weight: 'definite',
    source: 'measured on 6.0.16, 7.0.15, 8.0.2 and Valkey 8.1.1',
    ...about,
    run: (probe) => dialogue(probe, steps(probe)),
  };
}

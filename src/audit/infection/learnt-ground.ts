import type { Evidence } from '../../model/finding.ts';
import type { Indicator } from '../../model/indicator.ts';
import type { KeyPlace } from '../walk/walk-data.ts';
import { seenBefore } from './seen-before.ts';
import type { Ground } from './trace.ts';

/** Something on this server that our own sensors have met. */
export interface LearntGround extends Ground {
  readonly kind:
    | 'value'
    | 'observable'
    | 'pair'
    | 'keys'
    | 'master'
    | 'module'
    | 'script'
    | 'client'
    | 'key'
    | 'address';
  readonly evidence: readonly Evidence[];
  readonly indicators: readonly Indicator[];
  readonly keys: readonly KeyPlace[];
}

/** @param what names it, safe to print; `our sensor saw` stands before it. */
export function learntGround(
  kind: LearntGround['kind'],
  strong: boolean,
  place: string,
  what: string,
  indicators: readonly Indicator[],
  keys: readonly KeyPlace[],
): LearntGround {
  const [first] = indicators;
  const seen = first === undefined ? '' : seenBefore(first);
  return {
    kind,
    strong,
    rung: 'attacked',
    because: `our sensor saw ${what} ${seen}`,
    evidence: [{ event: place, field: kind, excerpt: `seen by our sensor ${seen}`.slice(0, 200) }],
    indicators,
    keys,
  };
}

export function shareSession(left: Indicator, right: Indicator): boolean {
  return left.sessions.some((session) => right.sessions.includes(session));
}

import type { AlertRule } from './alert-rule.ts';
import type { Gathered } from './gathered.ts';

/** A moment on both clocks: quiet hours follow the one on the wall, spans the one that never jumps. */
export interface Moment {
  /** Milliseconds since 1970 UTC. */
  readonly wall: number;
  /** Milliseconds on a clock that never jumps. */
  readonly steady: number;
}

/** One message that is due, in no format yet. */
export interface Alert {
  /** Name of the alert rule. */
  readonly rule: string;
  /**
   * `first`: a group is told for the first time; `more`: what came since; `quiet`: what quiet hours held back; `rest`: what
   * was beyond the limit of the rule, or was left when the sensor stopped; `test`: sent by `sundew alerts test`.
   */
  readonly kind: 'first' | 'more' | 'quiet' | 'rest' | 'test';
  /** Absent where several groups are told together. */
  readonly group?: { readonly by: AlertRule['groupBy']; readonly value: string };
  /** When the group was told last, milliseconds since 1970 UTC. */
  readonly since?: number;
  readonly gathered: Gathered;
  /** Names of channels. */
  readonly to: readonly string[];
}

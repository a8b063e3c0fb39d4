import type { ByteString } from '../../model/bytes.ts';
import type { Macro } from './macro.ts';

/** One part of a rule's variable list: `ARGS`, `REQUEST_COOKIES:/x/`, `!ARGS:pass`, `&TX:score`. */
export interface Target {
  /** Upper case. */
  readonly collection: string;
  readonly select: Selector;
  readonly mode: 'value' | 'count' | 'except';
}

export type Selector =
  | { readonly kind: 'all' }
  /** `name` is lower case: names are compared without case. */
  | { readonly kind: 'name'; readonly name: ByteString }
  | { readonly kind: 'pattern'; readonly pattern: ByteString };

export interface OperatorSpec {
  /** Lower case, without its at sign. */
  readonly name: string;
  readonly argument: ByteString;
  readonly negated: boolean;
}

export interface SetVar {
  /** Lower case: `tx`, `ip`, ... */
  readonly collection: string;
  readonly name: Macro;
  readonly change: 'set' | 'add' | 'subtract' | 'unset';
  readonly value: Macro;
}

export interface Ctl {
  /** Lower case: `ruleremovetargetbyid`. */
  readonly name: string;
  readonly value: ByteString;
}

export interface Actions {
  readonly id: number;
  /** 1 to 5. */
  readonly phase: number;
  /** In order; what stands before `none` is gone. Lower case. */
  readonly transformations: readonly string[];
  /** Whether `t:none` was among them: then the transformations of SecDefaultAction do not count. */
  readonly fresh: boolean;
  readonly chain: boolean;
  readonly capture: boolean;
  readonly multiMatch: boolean;
  readonly silent: boolean;
  readonly message: ByteString;
  /** Upper case as CRS writes it: CRITICAL, ERROR, WARNING, NOTICE. */
  readonly severity: string;
  readonly tags: readonly string[];
  readonly skipAfter: string | undefined;
  readonly setVars: readonly SetVar[];
  readonly ctls: readonly Ctl[];
}

/** One SecRule or SecAction as it stands in a file; a chain is several. */
export interface RuleLine {
  readonly kind: 'rule';
  readonly targets: readonly Target[];
  readonly operator: OperatorSpec;
  readonly actions: Actions;
  readonly line: number;
}

export type Directive =
  | RuleLine
  | { readonly kind: 'marker'; readonly name: string }
  | { readonly kind: 'remove'; readonly which: RuleChoice }
  | { readonly kind: 'update-targets'; readonly which: RuleChoice; readonly targets: readonly Target[] }
  | { readonly kind: 'default'; readonly actions: Actions }
  | { readonly kind: 'signature'; readonly text: string }
  /** A setting of the engine that has no bearing on verdicts. */
  | { readonly kind: 'setting' };

export type RuleChoice =
  | { readonly by: 'id'; readonly ranges: readonly (readonly [number, number])[] }
  | { readonly by: 'tag' | 'message'; readonly pattern: string };

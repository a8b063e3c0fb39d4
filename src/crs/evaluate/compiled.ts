import type { ByteString } from '../../model/bytes.ts';
import type { OperatorPlace } from '../match/matcher.ts';
import type { FixedOperator } from '../match/operator.ts';
import type { Item } from '../request/item.ts';
import type { Macro } from '../seclang/macro.ts';
import type { Transform } from '../transform/transform.ts';

/** A variable of a rule, with its selector ready to ask. */
export interface CompiledTarget {
  readonly collection: string;
  readonly count: boolean;
  /** The one name that is wanted, in lower case, when it is one: found without a search where names are unique. */
  readonly name: ByteString | undefined;
  /** Undefined for the whole collection. */
  readonly matches: ((lowerKey: ByteString) => boolean) | undefined;
}

export interface CompiledTargets {
  /** Lists that are written alike share a number: what they name in a request is looked up once. */
  readonly number: number;
  readonly wanted: readonly CompiledTarget[];
  readonly except: readonly CompiledTarget[];
  /** Whether what they name changes while rules run. */
  readonly changing: boolean;
}

export type Check =
  | { readonly kind: 'always' }
  /** A number in TX, or how many there are, against a plain number: gates of paranoia levels are all like this. */
  | {
      readonly kind: 'counter';
      /** In lower case. */
      readonly name: ByteString;
      readonly count: boolean;
      readonly holds: (value: number) => boolean;
    }
  /** Several places for multiMatch: one a step of the transformations. */
  | {
      readonly kind: 'fixed';
      readonly operator: FixedOperator;
      readonly places: readonly OperatorPlace[];
      readonly negated: boolean;
      /** A number for this list of targets after these transformations; undefined when each value has to be asked. */
      readonly slot: number | undefined;
    }
  /** Asked anew each time: its argument holds macros, or its values last no longer than the request. */
  | {
      readonly kind: 'fresh';
      readonly transforms: readonly Transform[];
      readonly argument: Macro;
      readonly make: (argument: ByteString) => FixedOperator;
      readonly negated: boolean;
    };

export interface CompiledLink {
  readonly targets: CompiledTargets | undefined;
  readonly check: Check;
  readonly capture: boolean;
  readonly setVars: readonly CompiledSetVar[];
  readonly effects: readonly Effect[];
}

/** A change of TX: to what is known beforehand, or to what macros say. */
export type CompiledSetVar =
  | { readonly kind: 'constant'; readonly item: Item }
  | {
      readonly kind: 'computed';
      readonly name: Macro;
      readonly change: 'set' | 'add' | 'subtract' | 'unset';
      readonly value: Macro;
    };

/** What `ctl` does to the rest of a request. */
export type Effect =
  | { readonly kind: 'remove-rules'; readonly ranges: readonly (readonly [number, number])[] }
  | { readonly kind: 'remove-tag'; readonly tag: string }
  | { readonly kind: 'remove-target'; readonly of: TargetOwner; readonly target: CompiledTarget }
  | { readonly kind: 'processor'; readonly name: string }
  | { readonly kind: 'engine-off' };

export type TargetOwner =
  | { readonly by: 'id'; readonly ranges: readonly (readonly [number, number])[] }
  | { readonly by: 'tag'; readonly tag: string };

export interface CompiledRule {
  readonly id: number;
  readonly links: readonly CompiledLink[];
  readonly silent: boolean;
  readonly tags: readonly string[];
  /** Where to go on in the phase when it held. */
  skipTo: number | undefined;
  readonly skipAfter: string | undefined;
  readonly about: RuleAbout;
}

/** What is told of a rule that held. */
export interface RuleAbout {
  readonly id: number;
  readonly message: string;
  /** `attack-sqli`, `attack-protocol`, ... */
  readonly class: string;
  readonly paranoia: number;
  readonly severity: string;
  readonly file: string;
  /** False for what only adds up scores and sets things up. */
  readonly detects: boolean;
  /** Whether it holds because a header is not there, which a log cannot show. */
  readonly missesHeaders: boolean;
}

/** One phase: rules in order. */
export type Phase = readonly CompiledRule[];

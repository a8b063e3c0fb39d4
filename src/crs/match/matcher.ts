import type { ByteString } from '../../model/bytes.ts';
import type { NativeEngine } from '../regex/native.ts';
import type { Transform } from '../transform/transform.ts';
import type { Judged } from './group.ts';
import { OperatorGroup } from './group.ts';
import type { FixedOperator } from './operator.ts';

/** What is known of one value: by number of transformation chain. */
export type Profile = (Judged | undefined)[];

/** Where to ask for the answer of an operator. */
export interface OperatorPlace {
  readonly chain: number;
  readonly index: number;
}

/** Values kept with their answers; user agents, hosts, paths and names of arguments come again and again. */
const MOST_PROFILES = 4000;
const LONGEST_KEPT = 2048;

/**
 * All operators with fixed arguments, by the transformations before them. Each value goes through each chain of
 * transformations once, and each operator is asked once about it.
 */
export class Matcher {
  readonly #groups: OperatorGroup[] = [];
  readonly #chains = new Map<string, number>();
  readonly #profiles = new Map<ByteString, Profile>();

  /** `key` names the transformations. */
  add(key: string, transforms: readonly Transform[], operator: FixedOperator): OperatorPlace {
    let chain = this.#chains.get(key);
    if (chain === undefined) {
      chain = this.#groups.length;
      this.#groups.push(new OperatorGroup(transforms));
      this.#chains.set(key, chain);
    }
    return { chain, index: this.#groups[chain]?.add(operator) ?? 0 };
  }

  prepare(native: NativeEngine | undefined): void {
    for (const group of this.#groups) group.prepare(native);
  }

  /** What is known of a value, now and when it comes again. */
  profile(value: ByteString): Profile {
    const known = this.#profiles.get(value);
    if (known !== undefined) {
      this.#profiles.delete(value);
      this.#profiles.set(value, known);
      return known;
    }
    const profile: Profile = Array.from({ length: this.#groups.length }, () => undefined);
    if (value.length > LONGEST_KEPT) return profile;
    this.#profiles.set(value, profile);
    if (this.#profiles.size > MOST_PROFILES) {
      for (const oldest of this.#profiles.keys()) {
        this.#profiles.delete(oldest);
        break;
      }
    }
    return profile;
  }

  judged(value: ByteString, profile: Profile, chain: number): Judged {
    const known = profile[chain];
    if (known !== undefined) return known;
    const judged = this.#groups[chain]?.judge(value) ?? { value, states: new Uint8Array(0) };
    profile[chain] = judged;
    return judged;
  }

  holds(judged: Judged, { chain, index }: OperatorPlace): boolean {
    return this.#groups[chain]?.holds(judged, index) ?? false;
  }
}

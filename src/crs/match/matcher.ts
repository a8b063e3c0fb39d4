import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
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
const MOST_PROFILES = 3000;
const LONGEST_KEPT = 2048;

/**
 * All operators with fixed arguments, by the transformations before them. Each value goes through each chain of
 * transformations once, and each operator is asked once about it.
 */
export class Matcher {
  readonly #groups: OperatorGroup[] = [];
  readonly #chains = new Map<string, number>();
  /** Two generations: what was not asked for while one was filled is forgotten with it. */
  #young = new Map<ByteString, Profile>();
  #old = new Map<ByteString, Profile>();

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
    const known = this.#young.get(value);
    if (known !== undefined) return known;
    const older = this.#old.get(value);
    const profile = older ?? Array.from<Profile[number]>({ length: this.#groups.length });
    // A value that is kept must not keep the whole request alive that it was cut from.
    if (value.length <= LONGEST_KEPT) this.#keep(older === undefined ? ownedBytes(value) : value, profile);
    return profile;
  }

  #keep(value: ByteString, profile: Profile): void {
    if (this.#young.size >= MOST_PROFILES) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(value, profile);
  }

  judged(value: ByteString, profile: Profile, chain: number): Judged {
    const known = profile[chain];
    if (known !== undefined) return known;
    const judged = this.#groups[chain]?.judge(value) ?? { value, states: new Uint8Array(0), live: [] };
    profile[chain] = judged;
    return judged;
  }

  holds(judged: Judged, { chain, index }: OperatorPlace): boolean {
    return this.#groups[chain]?.holds(judged, index) ?? false;
  }
}

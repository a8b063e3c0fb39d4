import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import type { NativeEngine } from '../regex/native.ts';
import type { Chain } from './chain.ts';
import { applied, isEncoded } from './chain.ts';
import type { Judged } from './group.ts';
import { OperatorGroup } from './group.ts';
import type { FixedOperator } from './operator.ts';
import { literalsOf } from './operator.ts';
import { type Presence, presenceFinder } from './presence.ts';

/** What is known of one value. */
export interface Profile {
  readonly value: ByteString;
  /** Whether decoders may change it; if not, chains that differ by decoders make the same of it. */
  readonly encoded: boolean;
  /** What the chains without their decoders made of it, by number of such a chain. */
  readonly plain: (ByteString | undefined)[];
  /** By number of the chain of transformations. */
  readonly judged: (Judged | undefined)[];
  /** Which literals are in the value, and in what transformations made of it. */
  readonly presences: { readonly value: ByteString; readonly presence: Presence }[];
}

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
  readonly #chains: Chain[] = [];
  readonly #numbers = new Map<string, number>();
  /** By chain: the number of what is left of it without decoders. */
  readonly #plainOf: number[] = [];
  readonly #plainNumbers = new Map<string, number>();
  #find: (text: ByteString) => Presence = () => [];
  /** Two generations: what was not asked for while one was filled is forgotten with it. */
  #young = new Map<ByteString, Profile>();
  #old = new Map<ByteString, Profile>();

  add(chain: Chain, operator: FixedOperator): OperatorPlace {
    let number = this.#numbers.get(chain.key);
    if (number === undefined) {
      number = this.#chains.push(chain) - 1;
      this.#groups.push(new OperatorGroup());
      const plain = this.#plainNumbers.get(chain.plainKey) ?? this.#plainNumbers.size;
      this.#plainNumbers.set(chain.plainKey, plain);
      this.#plainOf.push(plain);
      this.#numbers.set(chain.key, number);
    }
    return { chain: number, index: this.#groups[number]?.add(operator) ?? 0 };
  }

  prepare(native: NativeEngine | undefined): void {
    for (const group of this.#groups) group.prepare(native);
    this.#find = presenceFinder(this.#groups.map(({ operators }) => operators.map(literalsOf)));
  }

  /** What is known of a value, now and when it comes again. */
  profile(value: ByteString): Profile {
    const known = this.#young.get(value);
    if (known !== undefined) return known;
    const older = this.#old.get(value);
    if (older === undefined && value.length > LONGEST_KEPT) return this.#newProfile(value);
    // A value that is kept must not keep the whole request alive that it was cut from.
    const profile = older ?? this.#newProfile(ownedBytes(value));
    if (this.#young.size >= MOST_PROFILES) {
      this.#old = this.#young;
      this.#young = new Map();
    }
    this.#young.set(profile.value, profile);
    return profile;
  }

  #newProfile(value: ByteString): Profile {
    return {
      value,
      encoded: isEncoded(value),
      plain: [],
      judged: Array.from<undefined>({ length: this.#groups.length }),
      presences: [],
    };
  }

  judged(profile: Profile, chain: number): Judged {
    return profile.judged[chain] ?? this.#judge(profile, chain);
  }

  #judge(profile: Profile, number: number): Judged {
    const chain = this.#chains[number];
    const group = this.#groups[number];
    if (chain === undefined || group === undefined) return { value: '', present: [], states: [] };
    const value = profile.encoded
      ? applied(profile.value, chain.transforms)
      : (profile.plain[this.#plainOf[number] ?? 0] ??= applied(profile.value, chain.plain));
    const judged = group.judge(value, this.#presence(profile, value)[number] ?? []);
    profile.judged[number] = judged;
    return judged;
  }

  /** Most transformations leave most values as they are: what they make is searched once. */
  #presence({ presences }: Profile, value: ByteString): Presence {
    for (const known of presences) if (known.value === value) return known.presence;
    const presence = this.#find(value);
    presences.push({ value, presence });
    return presence;
  }

  holds(judged: Judged, { chain, index }: OperatorPlace): boolean {
    return this.#groups[chain]?.holds(judged, index) ?? false;
  }
}

import type { ByteString } from '../../model/bytes.ts';
import type { Random } from '../../platform/random.ts';
import type { Value } from '../value.ts';

/** A key that a sensor is filled with, so that a visitor finds a server that somebody uses. */
export interface BaitKey {
  readonly db: number;
  readonly key: ByteString;
  readonly value: Value;
  /** Milliseconds from now. */
  readonly ttl?: number;
}

/** A secret that stands in a bait and nowhere else: whoever uses it has read it here. */
export interface Honeytoken {
  readonly token: string;
  readonly kind: 'password' | 'api-key' | 'session' | 'email';
  readonly db: number;
  readonly key: ByteString;
}

export interface Bait {
  readonly keys: readonly BaitKey[];
  readonly tokens: readonly Honeytoken[];
}

/** What a schema builds with. All of it depends on the sensor's randomness alone, so no two sensors share a name. */
export interface Builder {
  readonly random: Random;
  /** Milliseconds since 1970 UTC. */
  readonly now: number;
  /** A short made-up name, as a company or product has one. */
  readonly slug: string;
  add(key: ByteString, value: Value, ttl?: number): void;
  note(kind: Honeytoken['kind'], token: string, key: ByteString): void;
  /** A number of keys around this one. */
  about(count: number): number;
  pick<T>(options: readonly [T, ...T[]]): T;
  /** Characters of an alphabet. */
  letters(count: number, alphabet?: string): string;
  uuid(): string;
}

export type Schema = (build: Builder) => void;

export const text = (value: string): Value => ({ type: 'string', text: value });

export const hash = (fields: Readonly<Record<string, string | number>>): Value => ({
  type: 'hash',
  fields: new Map(Object.entries(fields).map(([name, value]) => [name, String(value)])),
});

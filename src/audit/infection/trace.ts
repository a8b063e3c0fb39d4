import type { Act } from '../../model/act.ts';
import { printable } from '../../model/printable.ts';
import type { KeyPlace } from '../walk/walk-data.ts';

/** Where traces are looked for; grounds of different sources support each other. */
export type TraceSource =
  | 'values'
  | 'settings'
  | 'replication'
  | 'modules'
  | 'functions'
  | 'statistics'
  | 'logs'
  | 'clients';

/** An act that must have been done, because what it leaves is there. */
export interface Trace {
  readonly act: Act;
  /** Values when it is not told. */
  readonly source?: TraceSource;
  /** Where it was found; safe to print. */
  readonly place: string;
  readonly key?: KeyPlace;
  /** The act holds the whole value, not only its beginning or end. */
  readonly whole?: boolean;
}

export function placeOf({ db, key }: KeyPlace): string {
  return `db${db}/${printable(key, 120)}`;
}

/** How far an attack came; each needs the one before. */
export type Rung = 'attacked' | 'tampered' | 'executed';
export const RUNGS: readonly Rung[] = ['attacked', 'tampered', 'executed'];

/** A reason to call a server infected (strong), or only to look twice (weak). */
export interface Ground {
  readonly strong: boolean;
  readonly rung: Rung;
  /** One sentence, safe to print. */
  readonly because: string;
}

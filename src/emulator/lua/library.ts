import type { ByteString } from '../../model/bytes.ts';
import type { View } from '../views.ts';
import type { World } from '../world.ts';
import type { ScriptFlags } from './shebang.ts';

export interface LibraryFunction {
  readonly name: string;
  readonly library: string;
  readonly flags: readonly string[];
  readonly description: ByteString | undefined;
}

export interface Library {
  readonly name: string;
  /** As it was loaded, first line included. */
  readonly code: ByteString;
  readonly functions: readonly LibraryFunction[];
}

/** A group's libraries by name, in the order in which they were loaded. */
export type Libraries = Map<string, Library>;

const libraries = new WeakMap<View, Libraries>();

export function librariesOf({ view }: World): Libraries {
  const known = libraries.get(view);
  if (known !== undefined) return known;
  const fresh: Libraries = new Map();
  libraries.set(view, fresh);
  return fresh;
}

/** Function names are compared without regard to case. */
export function findFunction(all: Libraries, name: ByteString): LibraryFunction | undefined {
  const wanted = name.toLowerCase();
  for (const library of all.values()) {
    const found = library.functions.find((one) => one.name.toLowerCase() === wanted);
    if (found !== undefined) return found;
  }
  return undefined;
}

export function scriptFlags({ flags }: LibraryFunction): ScriptFlags {
  return {
    declared: true,
    noWrites: flags.includes('no-writes'),
    allowOom: flags.includes('allow-oom'),
    allowStale: flags.includes('allow-stale'),
  };
}

/** What a library's first line says: its name, or what is wrong with it (without the minus). */
export function libraryName(code: ByteString): { readonly name: string } | { readonly fault: ByteString } {
  if (!code.startsWith('#!')) return { fault: 'ERR Missing library metadata' };
  const end = code.indexOf('\n');
  if (end < 0) return { fault: 'ERR Invalid library metadata' };
  const [engine = '', ...rest] = code.slice(0, end).split(' ').slice(0, MOST_WORDS);
  let name: string | undefined;
  for (const word of rest.filter((one) => one !== '')) {
    if (!word.toLowerCase().startsWith('name='))
      return { fault: `ERR Invalid metadata value given: ${word}` };
    if (name !== undefined) {
      return { fault: 'ERR Invalid metadata value, name argument was given multiple times' };
    }
    name = word.slice('name='.length);
  }
  if (name === undefined) return { fault: 'ERR Library name was not given' };
  if (name.length > LONGEST_NAME || !/^\w+$/.test(name)) return { fault: BAD_NAME };
  if (engine.slice(2).toLowerCase() !== 'lua') return { fault: `ERR Engine '${engine.slice(2)}' not found` };
  return { name };
}

const MOST_WORDS = 100;
const LONGEST_NAME = 4_096;
const BAD_NAME =
  'ERR Library names can only contain letters, numbers, or underscores(_) and must be at least one character long';

/** The code that runs: without the first line, whose line break stays. */
export function libraryBody(code: ByteString): ByteString {
  return code.slice(code.indexOf('\n'));
}

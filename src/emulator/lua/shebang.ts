import type { ByteString } from '../../model/bytes.ts';

/** What the first line of a script (from 7.0 on) says about it. */
export interface ScriptFlags {
  /** True when there is such a line: without one a script is taken for one of before 7.0. */
  readonly declared: boolean;
  readonly noWrites: boolean;
  readonly allowOom: boolean;
  readonly allowStale: boolean;
}

const UNDECLARED: ScriptFlags = { declared: false, noWrites: false, allowOom: false, allowStale: false };
const KNOWN = new Set(['no-writes', 'allow-oom', 'allow-stale', 'no-cluster', 'allow-cross-slot-keys']);

/** The flags and the code that is left, or what is wrong (without the minus). The line break stays, for line numbers. */
export function readShebang(
  body: ByteString,
  valkey: boolean,
): { readonly flags: ScriptFlags; readonly code: ByteString } | { readonly fault: ByteString } {
  if (!body.startsWith('#!')) return { flags: UNDECLARED, code: body };
  const end = body.indexOf('\n');
  if (end < 0) return { fault: 'ERR Invalid script shebang' };
  const [engine = '', ...options] = body.slice(0, end).split(' ').slice(0, MOST_OPTIONS);
  if (engine !== '#!lua') {
    return {
      fault: valkey
        ? `ERR Could not find scripting engine '${engine.slice(2)}'`
        : `ERR Unexpected engine in script shebang: ${engine}`,
    };
  }
  const found = new Set<string>();
  for (const option of options) {
    if (!option.startsWith('flags=')) return { fault: `ERR Unknown lua shebang option: ${option}` };
    const names = option.slice('flags='.length);
    for (const name of names === '' ? [] : names.split(',')) {
      if (!KNOWN.has(name)) return { fault: `ERR Unexpected flag in script shebang: ${name}` };
      found.add(name);
    }
  }
  return {
    flags: {
      declared: true,
      noWrites: found.has('no-writes'),
      allowOom: found.has('allow-oom'),
      allowStale: found.has('allow-stale'),
    },
    code: body.slice(end),
  };
}

const MOST_OPTIONS = 100;

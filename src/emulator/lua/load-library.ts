import type { ByteString } from '../../model/bytes.ts';
import { ownedBytes } from '../../model/bytes.ts';
import type { Call } from '../command.ts';
import { fail } from '../command.ts';
import { isValkey } from '../version.ts';
import type { Libraries, Library, LibraryFunction } from './library.ts';
import { findFunction, libraryBody, libraryName } from './library.ts';
import type { LuaOutcome } from './lua-machine.ts';
import { newRun } from './script-call.ts';
import { runScript } from './script-engine.ts';
import { answerFor } from './script-job.ts';

const MOST_LIBRARIES = 200;
const MOST_BYTES = 4_194_304;
/** Valkey 8 tells these as they are. */
const UNFRAMED = new Set([
  'ERR Function already exists in the library',
  'ERR Library names can only contain letters, numbers, or underscores(_) and must be at least one character long',
]);
const NO_FLAGS = { declared: false, noWrites: false, allowOom: false, allowStale: false } as const;

/** Loads a library into `all`; throws the reply's error. Nothing has changed then. */
export function loadLibrary(call: Call, all: Libraries, code: ByteString, replace: boolean): Library {
  const read = libraryName(code);
  if ('fault' in read) fail(read.fault);
  const { name } = read;
  if (all.has(name) && !replace) fail(`ERR Library '${name}' already exists`);
  const kept = [...all.values()].reduce((total, library) => total + library.code.length, code.length);
  if (kept > MOST_BYTES || all.size >= MOST_LIBRARIES)
    fail("OOM command not allowed when used memory > 'maxmemory'.");
  const functions = registered(call, name, execute(call, name, code));
  if (functions.length === 0) fail('ERR No functions registered');
  const others = new Map([...all].filter(([other]) => other !== name));
  for (const one of functions) {
    if (findFunction(others, one.name) !== undefined) fail(`ERR Function ${one.name} already exists`);
  }
  const library: Library = { name, code: ownedBytes(code), functions };
  all.delete(name);
  all.set(name, library);
  return library;
}

function execute(call: Call, name: string, code: ByteString): LuaOutcome {
  const run = newRun({ ...call, nested: true }, NO_FLAGS, false);
  let outcome: LuaOutcome | undefined;
  runScript({
    run,
    script: { kind: 'function', name },
    body: code,
    task: {
      kind: 'library',
      world: call.client.view.name,
      name,
      library: name,
      body: libraryBody(code),
      resp: 2,
      keys: [],
      args: [],
      seed: 0,
    },
    answer: answerFor(run),
    finish: (result) => {
      outcome = result;
      return '';
    },
  });
  return outcome ?? fail('ERR Error registering functions: ERR FUNCTION LOAD timeout');
}

function registered(call: Call, library: string, outcome: LuaOutcome): LibraryFunction[] {
  if ('failure' in outcome) {
    const { kind, text = '' } = outcome.failure;
    if (isValkey(call) && UNFRAMED.has(text)) return fail(text.replace('Library names', 'Function names'));
    return fail(
      `ERR Error ${kind === 'uncompiled' ? 'compiling function' : 'registering functions'}: ${text}`,
    );
  }
  const found: LibraryFunction[] = [];
  const { functions } = outcome;
  for (let at = 0; at + 2 < functions.length; at += 3) {
    const [name = '', flags = '', description = ''] = functions.slice(at, at + 3);
    found.push({
      name,
      library,
      flags: flags === '' ? [] : flags.split(','),
      description: description.startsWith('1') ? description.slice(1) : undefined,
    });
  }
  return found;
}

import { createHash } from 'node:crypto';
import type { ByteString } from '../../model/bytes.ts';
import { chunkName } from './chunk-name.ts';
import { doubleText } from './double-text.ts';
import { argumentBytes, argumentsOf, machineReply, machineWords } from './engine-codec.ts';
import type { MachineMemory } from './machine-memory.ts';
import { machineMemory } from './machine-memory.ts';
import { PRELUDE } from './prelude.ts';
import { startMachine } from './wasm-host.ts';
import { widenDump } from './wide-dump.ts';
import { bytesInteger, integerBytes, packedDouble, readUnsigned, unsignedText } from './wide-numbers.ts';

/** Which Redis the scripts find themselves in. */
export interface LuaFlavour {
  readonly level: number;
  readonly valkey: number;
  readonly version: string;
  /** What REDIS_VERSION says: of Valkey the Redis it stands for. */
  readonly compatible: string;
  /** `package` is left in scripts' reach, as in Debian's builds before CVE-2022-0543 was fixed. */
  readonly escapable: boolean;
}

export interface LuaTask {
  /** `load` compiles only; `library` loads a library of functions, `call` calls one of its functions. */
  readonly kind: 'eval' | 'load' | 'library' | 'call';
  /** SHA-1 of a script, or the name of a library or function. */
  readonly name: ByteString;
  readonly body: ByteString;
  /** The library of a function that is called. */
  readonly library: string;
  readonly resp: 2 | 3;
  readonly keys: readonly ByteString[];
  readonly args: readonly ByteString[];
  /** Of math.random, up to 6.2. */
  readonly seed: number;
  /** Where the heap of the pretended process begins: scripts see addresses. */
  readonly heap?: number;
}

export interface ScriptFailure {
  readonly kind: 'failed' | 'uncompiled';
  /** Lua type of the error value, its text (undefined when it has none), and where it was raised. */
  readonly type: string;
  readonly text: ByteString | undefined;
  readonly source: ByteString;
  readonly line: string;
}

/** `functions`: what a library has registered, three words each: name, flags, and 1 with a description or 0. */
export type LuaOutcome =
  | { readonly reply: ByteString; readonly functions: readonly ByteString[] }
  | { readonly failure: ScriptFailure };

/** What a script asks of the server. */
export interface LuaHost {
  /** A command's reply in RESP; `-\x01text` is an error of the call itself. */
  command(argv: readonly ByteString[], resp: 2 | 3): Uint8Array;
  allowed(argv: readonly ByteString[]): Uint8Array;
  /** redis.replicate_commands of 6.x: false once the script has written. */
  mayReplicate(): boolean;
  /** A line for the pretended shell, and what it prints. */
  shell(line: ByteString): ByteString;
  cpuMs(): number;
  /** Milliseconds since 1970 UTC. */
  now(): number;
}

export interface LuaMachine {
  /** Throws when the machine has broken down: it ran out of memory where Lua cannot say so. */
  run(task: LuaTask): LuaOutcome;
  /** Scripts have filled it with what cannot be freed: start another one. */
  isFull(): boolean;
}

export function createLuaMachine(flavour: LuaFlavour, host: LuaHost): LuaMachine {
  let failure: ScriptFailure | undefined;
  let full = false;
  let registered: readonly ByteString[] = [];
  /** The last command's reply was RESP3's nil. */
  let nil = false;
  let resp: 2 | 3 = 2;
  /** The C functions that run, innermost last: state and depth of each. */
  /** Functions of C that are replaced only for some calls, see `isSpecial`. */
  const originals = new Map<number, { readonly entry: number; readonly unless: string }>();
  const natives: { state: number; depth: number }[] = [];
  const answer = (words: readonly ByteString[]): Uint8Array => {
    const [op = '', ...args] = words;
    switch (op) {
      case 'command': {
        const reply = host.command(args, resp);
        nil = reply[0] === 0x5f;
        return machineReply(reply);
      }
      case 'nil':
        return machineReply(Buffer.from(`:${nil ? 1 : 0}\r\n`));
      case 'where':
      case 'source':
      case 'line':
      case 'what':
        return machineText(position(op, Number(args[0])));
      case 'native':
        memory.aim(addressOf(args[0]), trampoline, addressOf(args[1]));
        return NOTHING;
      case 'borrow':
        memory.aim(addressOf(args[0]), base(args[1] ?? ''));
        return NOTHING;
      case 'unhook':
        memory.unhook(natives.at(-1)?.state ?? 0);
        return NOTHING;
      case 'proxies':
        // The machine leaves newproxy out of its globals; in the function table it comes after `next`.
        memory.aim(addressOf(args[0]), base('next') + 2, addressOf(args[1]), 'table');
        return NOTHING;
      case 'lock':
        memory.lock(addressOf(args[0]), true);
        return NOTHING;
      case 'unlock':
        memory.lock(addressOf(args[0]), false);
        return NOTHING;
      case 'resp':
        resp = args[0] === '3' ? 3 : 2;
        return NOTHING;
      case 'double':
        return machineText(doubleText(args[0] ?? ''));
      case 'unsigned':
        return machineText(unsignedText(args[0] ?? 'u', args[1] ?? '0'));
      case 'base':
        return machineText(readUnsigned(args[0] ?? '', Number(args[1])));
      case 'integer':
        return machineText(integerBytes(args[0] ?? '', Number(args[1]), args[2] ?? ''));
      case 'number':
        return machineText(bytesInteger(args[0] ?? '', args[1] === 'i', args[2] ?? ''));
      case 'packed':
        return machineText(packedDouble(args[0] ?? ''));
      case 'dumped':
        return machineText(widenDump(args[0] ?? ''));
      case 'sha1':
        return machineText(
          createHash('sha1')
            .update(args[0] ?? '', 'latin1')
            .digest('hex'),
        );
      case 'clock':
        return machineText(String(host.cpuMs() / 1_000));
      case 'replicate':
        return machineReply(Buffer.from(`:${host.mayReplicate() ? 1 : 0}\r\n`));
      case 'instead':
        originals.set(addressOf(args[0]), { entry: memory.entry(addressOf(args[1])), unless: args[2] ?? '' });
        return NOTHING;
      case 'shell':
        return machineText(host.shell(args[0] ?? ''));
      case 'allowed':
        return machineReply(host.allowed(args));
      case 'functions':
        registered = args;
        return NOTHING;
      case 'address':
        return machineText(`0x${Number(args[0]).toString(16)}`);
      case 'time':
        return machineText(String(Math.trunc(host.now() / 1_000)));
      case 'full':
        full = true;
        return NOTHING;
      case 'uncompiled':
        failure = { kind: 'uncompiled', type: 'string', text: args[0] ?? '', source: '', line: '' };
        return NOTHING;
      case 'failed':
        failure = {
          kind: 'failed',
          type: args[0] ?? '',
          text: args[1] === '\0' ? undefined : args[1],
          source: args[2] ?? '',
          line: args[3] ?? '',
        };
        return NOTHING;
      default:
        return NOTHING;
    }
  };
  const position = (op: 'where' | 'source' | 'line' | 'what', level: number): ByteString => {
    const now = natives.at(-1);
    const frame = now === undefined ? undefined : memory.frame(now.state, level, now.depth);
    if (frame === undefined) return '';
    if (op === 'what') return frame.what;
    if (op === 'source') return frame.source;
    if (op === 'line') return String(frame.line);
    return frame.line > 0 ? `${chunkName(frame.source)}:${frame.line}: ` : '';
  };

  const machine = startMachine({
    cpuMs: () => host.cpuMs(),
    call: (where, pointer, length) => {
      const reply = answer(argumentsOf(memory.bytes.subarray(pointer, pointer + length)));
      const at = machine.alloc(reply.length);
      // Out of memory: nil, without a payload.
      if (at === 0) return returned(where, 0, 0);
      memory.bytes.set(reply, at);
      return returned(where, at, reply.length);
    },
  });
  const memory: MachineMemory = machineMemory(machine.memory);
  const returned = (where: number, pointer: number, length: number): void => {
    const view = new DataView(machine.memory.buffer);
    view.setUint32(where, pointer, true);
    view.setUint32(where + 4, length, true);
  };
  machine.setCompat(0);
  machine.setNoLimits();
  if (machine.init() !== 0) throw new Error('the Lua machine did not start');
  const functions = memory.baseFunctions();
  const base = (name: string): number => {
    const found = functions.get(name);
    if (found === undefined) throw new Error(`the Lua machine has no ${name}`);
    return found;
  };
  // No script may reach `dofile`: its place in the function table is free.
  const trampoline = base('dofile');
  const entry = (name: string): ((state: number) => number) =>
    machine.functions.get(base(name)) as (state: number) => number;
  const [pcall, error] = [entry('pcall'), entry('error')];
  machine.functions.set(
    trampoline,
    asNative((state) => {
      const original = originals.get(memory.closure(state));
      if (original !== undefined && !isSpecial(memory, state, original.unless)) {
        return (machine.functions.get(original.entry) as (state: number) => number)(state);
      }
      natives.push({ state, depth: memory.depth(state) });
      try {
        memory.unshiftUpvalue(state);
        const results = pcall(state);
        if (memory.firstIsTrue(state)) return results - 1;
        memory.keepSecondForError(state);
      } finally {
        natives.pop();
      }
      return error(state);
    }),
  );

  const evaluate = (
    script: ByteString,
    keys: readonly ByteString[],
    args: readonly ByteString[],
  ): ByteString => {
    const body = Buffer.from(script, 'latin1');
    const given = argumentBytes([...keys, ...args]);
    const at = machine.alloc(body.length + given.length + 16);
    if (at === 0) return '';
    const where = at + 8 - (at % 8);
    memory.bytes.set(body, where + 8);
    memory.bytes.set(given, where + 8 + body.length);
    machine.evalWithArgs(where, where + 8, body.length, where + 8 + body.length, given.length, keys.length);
    const view = new DataView(machine.memory.buffer);
    const [pointer, length] = [view.getUint32(where, true), view.getUint32(where + 4, true)];
    const text = length > 5 ? memory.text(pointer + 5, length - 5) : '';
    const tag = memory.bytes[pointer];
    machine.free(at);
    machine.free(pointer);
    if (tag !== 2 && tag !== 0)
      failure ??= { kind: 'failed', type: 'string', text: text.slice(4), source: '', line: '' };
    return tag === 2 ? text : '';
  };
  unlockGlobals();
  const world = addressOf(
    evaluate(
      "return loadstring(ARGV[1], '@\\1')()",
      [],
      [
        PRELUDE,
        String(flavour.level),
        flavour.valkey === 0 ? '' : String(flavour.valkey),
        flavour.version,
        String(versionNumber(flavour.version)),
        flavour.compatible,
        String(versionNumber(flavour.compatible)),
        flavour.escapable ? 'yes' : '',
      ],
    ),
  );
  if (failure !== undefined) throw new Error(`the Lua prelude failed: ${failure.text}`);

  function unlockGlobals(): void {
    const globals = addressOf(evaluate('return tostring(_G)', [], []));
    if (!memory.isLocked(globals)) throw new Error('the Lua machine is not the one this was written for');
    memory.lock(globals, false);
  }

  return {
    isFull: () => full,
    run: (task) => {
      failure = undefined;
      registered = [];
      resp = 2;
      natives.length = 0;
      memory.lock(world, false);
      const keys = [
        task.kind,
        task.name,
        task.body,
        String(task.resp),
        String(task.keys.length),
        String(task.seed),
        task.library,
        String(task.heap ?? USUAL_HEAP),
      ];
      const reply = evaluate('return RUN()', keys, [...task.keys, ...task.args]);
      return failure === undefined ? { reply, functions: registered } : { failure };
    },
  };
}

const USUAL_HEAP = 0x7f00_0000_0000;
const NOTHING = new Uint8Array(5);
const machineText = (word: ByteString): Uint8Array => machineWords([word]).subarray(5);

/** Whether a call needs the function's replacement: the word says what to look for. */
function isSpecial(memory: MachineMemory, state: number, unless: string): boolean {
  switch (unless) {
    case 'wide':
      return memory.hasWideNumber(state);
    case 'huge':
      return memory.hasHugeNumber(state);
    case 'hex': {
      const { text, whole, count } = memory.firstText(state);
      return count > 1 || !whole || /x/i.test(text);
    }
    case 'format': {
      const { text, whole } = memory.firstText(state);
      return !whole || /[lLT]|[iI]\d/.test(text);
    }
    default:
      return memory.startsWithReference(state);
  }
}

/** The address in `table: 0x1234`. */
function addressOf(text: ByteString | undefined): number {
  return Number.parseInt(/0x([0-9a-f]+)$/.exec((text ?? '').slice(-20))?.[1] ?? '0', 16);
}

function versionNumber(version: string): number {
  return version.split('.').reduce((number, part) => number * 256 + Number(part), 0);
}

/** A JavaScript function that the machine can call as it calls its own: through a module of one import, exported. */
function asNative(f: (state: number) => number): WebAssembly.ExportValue {
  // (module (import "h" "f" (func (param i32) (result i32))) (export "f" (func 0)))
  const code = Buffer.from('0061736d0100000001060160017f017f02070101680166000007050101660000', 'hex');
  return new WebAssembly.Instance(new WebAssembly.Module(code), { h: { f } }).exports['f'] ?? f;
}

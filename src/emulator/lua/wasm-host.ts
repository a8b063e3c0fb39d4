import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** What the Lua machine asks of its surroundings: pointers into its memory, as its binary interface has them. */
export interface HostCalls {
  /** redis.call and redis.pcall of the machine: `where` gets pointer and length of the reply. */
  call(where: number, pointer: number, length: number): void;
  /** Milliseconds of processor time used, for os.clock. */
  cpuMs(): number;
}

export interface WasmMachine {
  readonly memory: WebAssembly.Memory;
  readonly functions: WebAssembly.Table;
  init(): number;
  setCompat(flags: number): void;
  /** Hardly a limit on instructions: what runs on is ended from outside. */
  setNoLimits(): void;
  alloc(size: number): number;
  free(pointer: number): void;
  evalWithArgs(
    where: number,
    script: number,
    scriptLength: number,
    args: number,
    argsLength: number,
    keys: number,
  ): void;
}

/** ENOSYS of the machine's C library, negative as its system calls answer. */
const NO_SUCH_CALL = -52;
/** Of instructions, in 32 bits; scripts run without the count, see `unhook` in machine-memory.ts. */
const MOST_FUEL = 0xffff_ffff;
/** setjmp and longjmp of the machine travel as this one exception. */
const LONG_JUMP = new Error('longjmp');

let compiled: WebAssembly.Module | undefined;

/** The machine's code, from the package; the package's own loader is left out, as it would bring files and consoles. */
function machineCode(): WebAssembly.Module {
  const require = createRequire(import.meta.url);
  const folder = dirname(require.resolve('lua-redis-wasm'));
  compiled ??= new WebAssembly.Module(new Uint8Array(readFileSync(join(folder, 'redis_lua.wasm'))));
  return compiled;
}

/**
 * A fresh Lua machine. Everything it can reach is the list below: its own 64 MiB of memory, a clock, and `calls`.
 * When its memory ends, allocation fails and Lua says "not enough memory".
 */
export function startMachine(calls: HostCalls): WasmMachine {
  let exports: WebAssembly.Exports = {};
  const entry = (name: string): ((...args: number[]) => number) => {
    const found = exports[name];
    if (typeof found !== 'function') throw new Error(`the Lua machine has no ${name}`);
    return found as (...args: number[]) => number;
  };
  const functions = (): WebAssembly.Table => exports['__indirect_function_table'] as WebAssembly.Table;
  const memory = (): WebAssembly.Memory => exports['memory'] as WebAssembly.Memory;
  const refuse = (): number => NO_SUCH_CALL;
  const stop = (): never => {
    throw new Error('the Lua machine stopped');
  };
  const imports = {
    env: {
      host_redis_props: (where: number) => new Uint32Array(memory().buffer, where, 2).fill(0),
      host_redis_log: () => undefined,
      host_redis_setresp: () => undefined,
      host_sha1hex: stop,
      host_redis_call: stop,
      host_redis_pcall: (where: number, pointer: number, length: number) =>
        calls.call(where, pointer, length),
      exit: stop,
      _abort_js: stop,
      __assert_fail: stop,
      invoke_vii: (index: number, first: number, second: number) => {
        const stack = entry('emscripten_stack_get_current')();
        try {
          (functions().get(index) as (a: number, b: number) => void)(first, second);
        } catch (error) {
          entry('_emscripten_stack_restore')(stack);
          if (error !== LONG_JUMP) throw error;
          entry('setThrew')(1, 0);
        }
      },
      _emscripten_throw_longjmp: () => {
        throw LONG_JUMP;
      },
      emscripten_resize_heap: () => 0,
      __syscall_openat: refuse,
      __syscall_fcntl64: refuse,
      __syscall_ioctl: refuse,
      __syscall_dup3: refuse,
    },
    wasi_snapshot_preview1: {
      clock_time_get: (_clock: number, _precision: bigint, where: number) => {
        new DataView(memory().buffer).setBigUint64(where, BigInt(Math.trunc(calls.cpuMs() * 1e6)), true);
        return 0;
      },
      fd_write: () => 8,
      fd_read: () => 8,
      fd_close: () => 8,
      fd_seek: () => 8,
    },
  };
  const instance = new WebAssembly.Instance(machineCode(), imports);
  exports = instance.exports;
  entry('__wasm_call_ctors')();
  return {
    memory: memory(),
    functions: functions(),
    init: () => entry('init')(),
    setCompat: (flags) => void entry('set_compat')(flags),
    setNoLimits: () => void entry('set_limits')(MOST_FUEL, 0, 0),
    alloc: (size) => entry('alloc')(size) >>> 0,
    free: (pointer) => void entry('free_mem')(pointer),
    evalWithArgs: (...args) => void entry('eval_with_args')(...args),
  };
}

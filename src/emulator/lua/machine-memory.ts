/**
 * Where things are in the memory of the Lua machine: the structures of Lua 5.1 with Redis's read-only tables
 * (lobject.h, lstate.h), laid out for 32-bit pointers. `openMachine` checks them before it trusts them.
 */
const STATE_TOP = 8;
const STATE_BASE = 12;
const STATE_CALL = 20;
const STATE_FIRST_CALL = 40;
const STATE_HOOKS = 56;
const CALL_FUNCTION = 4;
const CALL_PC = 12;
const CALL_TAILS = 20;
const CALL_SIZE = 24;
const TABLE_READONLY = 8;
const CLOSURE_IS_C = 6;
const CLOSURE_C_ENTRY = 16;
const CLOSURE_C_UPVALUE = 24;
const CLOSURE_PROTO = 16;
const PROTO_CODE = 12;
const PROTO_LINES = 20;
const PROTO_SOURCE = 32;
const PROTO_FIRST_LINE = 60;
const STRING_LENGTH = 12;
const STRING_TEXT = 16;
const VALUE_SIZE = 16;
const VALUE_TYPE = 8;
const TYPE_NUMBER = 3;
const TYPE_STRING = 4;
const TYPE_TABLE = 5;
const TYPE_FUNCTION = 6;

/** Of a first argument that is looked at. */
const MOST_TEXT = 256;

/** A level of the call stack, as debug.getinfo tells it. */
export interface Frame {
  readonly what: 'C' | 'Lua' | 'main' | 'tail';
  readonly source: string;
  readonly line: number;
}

export interface MachineMemory {
  readonly bytes: Uint8Array;
  /** The function `level` calls above the one at `depth` of this state; undefined when there is none. */
  frame(state: number, level: number, depth: number): Frame | undefined;
  /** How deep in the call stack of this state the function that runs is. */
  depth(state: number): number;
  /** Takes the machine's count of instructions off a state, and off coroutines that it makes from then on. */
  unhook(state: number): void;
  lock(table: number, on: boolean): void;
  isLocked(table: number): boolean;
  /** Makes a C closure enter the function table elsewhere, with a function (or a table) as its only upvalue. */
  aim(closure: number, entry: number, upvalue?: number, type?: 'table'): void;
  /** Where a C closure enters the function table, and the closure of the function that runs. */
  entry(closure: number): number;
  closure(state: number): number;
  /** Whether an argument of the function that runs is a number that 32 bits do not hold, or a negative one. */
  hasWideNumber(state: number): boolean;
  /** Whether an argument of the function that runs is a number that no signed 64-bit integer holds. */
  hasHugeNumber(state: number): boolean;
  /** The first argument when it is text, of which 256 bytes; and how many arguments there are. */
  firstText(state: number): { readonly text: string; readonly whole: boolean; readonly count: number };
  /** Whether the first argument is a table, a function, a coroutine or user data. */
  startsWithReference(state: number): boolean;
  /** Puts the upvalue of the C function that runs in front of its arguments. */
  unshiftUpvalue(state: number): void;
  /** Whether the lowest value of the function that runs is true. */
  firstIsTrue(state: number): boolean;
  /** Leaves the second value and the number 0: the arguments of `error` that add no position. */
  keepSecondForError(state: number): void;
  /** Indices in the function table by name, of Lua's base library. */
  baseFunctions(): ReadonlyMap<string, number>;
  text(pointer: number, length: number): string;
}

export function machineMemory(memory: WebAssembly.Memory): MachineMemory {
  const bytes = new Uint8Array(memory.buffer);
  const words = new Uint32Array(memory.buffer);
  const view = new DataView(memory.buffer);
  const word = (at: number): number => words[at >> 2] ?? 0;
  const text = (pointer: number, length: number): string =>
    Buffer.from(memory.buffer, pointer, length).toString('latin1');
  const closureOf = (call: number): number => word(word(call + CALL_FUNCTION));
  const isLua = (closure: number): boolean => bytes[closure + CLOSURE_IS_C] === 0;

  const describe = (call: number): Frame => {
    const closure = closureOf(call);
    if (!isLua(closure)) return { what: 'C', source: '=[C]', line: -1 };
    const proto = word(closure + CLOSURE_PROTO);
    const source = word(proto + PROTO_SOURCE);
    const at = ((word(call + CALL_PC) - word(proto + PROTO_CODE)) >> 2) - 1;
    return {
      what: word(proto + PROTO_FIRST_LINE) === 0 ? 'main' : 'Lua',
      source: text(source + STRING_TEXT, word(source + STRING_LENGTH)),
      line: word(word(proto + PROTO_LINES) + 4 * at),
    };
  };

  return {
    bytes,
    text,
    depth: (state) => word(state + STATE_CALL) - word(state + STATE_FIRST_CALL),
    frame: (state, level, depth) => {
      let call = word(state + STATE_FIRST_CALL) + depth;
      const first = word(state + STATE_FIRST_CALL);
      let left = level;
      for (; left > 0 && call > first; call -= CALL_SIZE) {
        left--;
        if (isLua(closureOf(call))) left -= word(call + CALL_TAILS);
      }
      if (left < 0) return { what: 'tail', source: '=(tail call)', line: -1 };
      return left === 0 && call > first ? describe(call) : undefined;
    },
    unhook: (state) => {
      bytes[state + STATE_HOOKS] = 0;
    },
    lock: (table, on) => view.setInt32(table + TABLE_READONLY, on ? 1 : 0, true),
    isLocked: (table) => word(table + TABLE_READONLY) === 1,
    aim: (closure, entry, upvalue, type) => {
      words[(closure + CLOSURE_C_ENTRY) >> 2] = entry;
      if (upvalue === undefined) return;
      words[(closure + CLOSURE_C_UPVALUE) >> 2] = upvalue;
      words[(closure + CLOSURE_C_UPVALUE + VALUE_TYPE) >> 2] = type === 'table' ? TYPE_TABLE : TYPE_FUNCTION;
    },
    entry: (closure) => word(closure + CLOSURE_C_ENTRY),
    closure: (state) => closureOf(word(state + STATE_CALL)),
    hasWideNumber: (state) => {
      const top = word(state + STATE_TOP);
      for (let at = word(state + STATE_BASE); at < top; at += VALUE_SIZE) {
        if (word(at + VALUE_TYPE) !== TYPE_NUMBER) continue;
        const value = view.getFloat64(at, true);
        if (!(value >= 0 && value <= 2_147_483_647)) return true;
      }
      return false;
    },
    hasHugeNumber: (state) => {
      const top = word(state + STATE_TOP);
      for (let at = word(state + STATE_BASE); at < top; at += VALUE_SIZE) {
        if (word(at + VALUE_TYPE) === TYPE_NUMBER && Math.abs(view.getFloat64(at, true)) >= 2 ** 63)
          return true;
      }
      return false;
    },
    firstText: (state) => {
      const [base, top] = [word(state + STATE_BASE), word(state + STATE_TOP)];
      const count = (top - base) / VALUE_SIZE;
      if (count === 0 || word(base + VALUE_TYPE) !== TYPE_STRING) return { text: '', whole: true, count };
      const length = word(word(base) + STRING_LENGTH);
      const shown = Math.min(length, MOST_TEXT);
      return { text: text(word(base) + STRING_TEXT, shown), whole: shown === length, count };
    },
    startsWithReference: (state) => {
      const base = word(state + STATE_BASE);
      return base < word(state + STATE_TOP) && word(base + VALUE_TYPE) >= TYPE_TABLE;
    },
    unshiftUpvalue: (state) => {
      const [base, top] = [word(state + STATE_BASE), word(state + STATE_TOP)];
      const closure = closureOf(word(state + STATE_CALL));
      bytes.copyWithin(base + VALUE_SIZE, base, top);
      bytes.copyWithin(base, closure + CLOSURE_C_UPVALUE, closure + CLOSURE_C_UPVALUE + VALUE_SIZE);
      words[(state + STATE_TOP) >> 2] = top + VALUE_SIZE;
    },
    firstIsTrue: (state) => word(word(state + STATE_BASE)) === 1,
    keepSecondForError: (state) => {
      const base = word(state + STATE_BASE);
      bytes.copyWithin(base, base + VALUE_SIZE, base + 2 * VALUE_SIZE);
      view.setFloat64(base + VALUE_SIZE, 0, true);
      words[(base + VALUE_SIZE + VALUE_TYPE) >> 2] = TYPE_NUMBER;
      words[(state + STATE_TOP) >> 2] = base + 2 * VALUE_SIZE;
    },
    baseFunctions: () => baseFunctions(bytes, word),
  };
}

/** Static data lies below this. */
const STATIC_END = 131_072;

/** Lua registers its base library from an array of pairs, name and function, that starts with `assert`. */
function baseFunctions(bytes: Uint8Array, word: (at: number) => number): ReadonlyMap<string, number> {
  const name = (pointer: number): string => {
    if (pointer <= 0 || pointer >= STATIC_END) return '';
    const end = bytes.indexOf(0, pointer);
    return Buffer.from(bytes.subarray(pointer, Math.min(end, pointer + 40))).toString('latin1');
  };
  for (let at = 1_024; at < STATIC_END; at += 4) {
    if (name(word(at)) !== 'assert' || name(word(at + 8)) !== 'collectgarbage') continue;
    const found = new Map<string, number>();
    for (let entry = at; word(entry) !== 0; entry += 8) found.set(name(word(entry)), word(entry + 4));
    return found;
  }
  return new Map();
}

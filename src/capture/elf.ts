/** What the names in an ELF file say: hints for people and for the pretended module, never more. */
export interface ElfNames {
  /** Names of the dynamic symbol table, at most 256. */
  readonly symbols: readonly string[];
  /** It is a module of Redis or Valkey. */
  readonly isModule: boolean;
  /** What look like the commands it registers, at most 16. */
  readonly commands: readonly string[];
}

const MOST_SECTIONS = 512;
const MOST_SYMBOLS = 256;
const MOST_COMMANDS = 16;
const LONGEST_NAME = 128;
const SYMBOL_BYTES = { 1: 16, 2: 24 } as const;
const DYNSYM = 11;
const ALLOCATED = 2;
const EXECUTABLE = 4;
/** Section type of what has no bytes in the file. */
const NO_BITS = 8;

interface Section {
  readonly type: number;
  readonly flags: number;
  readonly at: number;
  readonly size: number;
  readonly link: number;
}

export function isElf(file: Buffer): boolean {
  return file.length >= 20 && file.readUInt32BE(0) === 0x7f454c46;
}

/**
 * Reads names out of an ELF file of either class and byte order. Every offset and count in it is hostile: whatever
 * points outside of the file is left out, counts are bounded, and each byte is looked at a fixed number of times.
 * Undefined when it is no ELF file.
 */
export function elfNames(file: Buffer): ElfNames | undefined {
  const kind = file[4];
  if (!isElf(file) || (kind !== 1 && kind !== 2)) return undefined;
  const little = file[5] !== 2;
  const sections = sectionsOf(file, kind, little);
  const symbols = symbolsOf(file, sections, kind, little);
  // Without a table of sections, or with a forged one, the whole file is searched.
  const data = sections.filter(
    ({ type, flags }) => type !== NO_BITS && (flags & ALLOCATED) !== 0 && (flags & EXECUTABLE) === 0,
  );
  const places = data.length > 0 ? data : [{ at: 0, size: file.length }];
  let left = file.length;
  const texts = new Set<string>();
  let isModule = symbols.some((name) => /^(Redis|Valkey)Module_OnLoad$/.test(name));
  for (const { at, size } of places) {
    const end = Math.min(at + Math.min(size, left), file.length);
    left -= Math.max(0, end - at);
    for (const text of terminated(file, at, end)) {
      if (/^(Redis|Valkey)Module_/.test(text)) isModule = true;
      if (texts.size < MOST_COMMANDS && isCommand(text)) texts.add(text);
    }
  }
  return { symbols, isModule, commands: isModule ? [...texts] : [] };
}

function sectionsOf(file: Buffer, kind: 1 | 2, little: boolean): readonly Section[] {
  const wide = kind === 2;
  const half = (at: number): number => read(file, at, 2, little);
  const word = (at: number): number => read(file, at, wide ? 8 : 4, little);
  const start = word(wide ? 40 : 32);
  const size = half(wide ? 58 : 46);
  const count = Math.min(half(wide ? 60 : 48), MOST_SECTIONS);
  if (size < (wide ? 64 : 40)) return [];
  const found: Section[] = [];
  for (let index = 0; index < count; index++) {
    const at = start + index * size;
    if (at + size > file.length) break;
    found.push({
      type: read(file, at + 4, 4, little),
      flags: word(at + 8),
      at: word(at + (wide ? 24 : 16)),
      size: word(at + (wide ? 32 : 20)),
      link: read(file, at + (wide ? 40 : 24), 4, little),
    });
  }
  return found;
}

function symbolsOf(file: Buffer, sections: readonly Section[], kind: 1 | 2, little: boolean): string[] {
  const table = sections.find(({ type }) => type === DYNSYM);
  const names = table === undefined ? undefined : sections[table.link];
  if (table === undefined || names === undefined) return [];
  const step = SYMBOL_BYTES[kind];
  const count = Math.min(Math.trunc(table.size / step), MOST_SYMBOLS);
  const found: string[] = [];
  for (let index = 1; index < count; index++) {
    const at = table.at + index * step;
    if (at + step > file.length) break;
    const name = textAt(file, names.at + read(file, at, 4, little));
    if (name !== '') found.push(name);
  }
  return found;
}

/** An unsigned number; 0 outside of the file, and 2^53 at most. */
function read(file: Buffer, at: number, bytes: 2 | 4 | 8, little: boolean): number {
  if (!Number.isSafeInteger(at) || at < 0 || at + bytes > file.length) return 0;
  if (bytes < 8) return little ? file.readUIntLE(at, bytes) : file.readUIntBE(at, bytes);
  const value = little ? file.readBigUInt64LE(at) : file.readBigUInt64BE(at);
  return value > BigInt(Number.MAX_SAFE_INTEGER) ? Number.MAX_SAFE_INTEGER : Number(value);
}

function textAt(file: Buffer, at: number): string {
  if (at < 0 || at >= file.length) return '';
  const end = file.indexOf(0, at);
  const stop = Math.min(end < 0 ? file.length : end, at + LONGEST_NAME);
  const text = file.toString('latin1', at, stop);
  return /^[\w.@$]+$/.test(text) ? text : '';
}

/** The printable texts that end with a NUL. */
function* terminated(file: Buffer, from: number, to: number): Generator<string> {
  let start = from;
  for (let at = from; at < to; at++) {
    const byte = file[at] ?? 0;
    if (byte === 0) {
      if (at - start >= 3 && at - start <= LONGEST_NAME) yield file.toString('latin1', start, at);
      start = at + 1;
    } else if (byte < 32 || byte > 126) start = at + 1;
  }
}

/** `word.word`, as module commands are called; not a name of a file. */
function isCommand(text: string): boolean {
  if (!/^[a-zA-Z][\w-]{0,31}(\.[a-zA-Z][\w-]{0,31}){1,2}$/.test(text)) return false;
  return !/\.(so|o|c|cc|cpp|h|S|s|py|rs|go|txt|log|conf|cfg|sh|json|dat|tmp|rdb|aof|pid|sock|service|org|com|net|io|html?)$/i.test(
    text,
  );
}

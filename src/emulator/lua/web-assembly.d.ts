/** The part of the WebAssembly interface that is used here: the standard library's types have it only for browsers. */
declare namespace WebAssembly {
  type ImportValue = (...args: never[]) => unknown;
  type Imports = Readonly<Record<string, Readonly<Record<string, ImportValue>>>>;
  type ExportValue = unknown;
  type Exports = Readonly<Record<string, ExportValue>>;
  class Module {
    constructor(bytes: Uint8Array);
    static imports(module: Module): readonly { readonly module: string; readonly name: string }[];
  }
  class Instance {
    constructor(module: Module, imports: Imports);
    readonly exports: Exports;
  }
  interface Memory {
    readonly buffer: ArrayBuffer;
  }
  interface Table {
    get(index: number): unknown;
    set(index: number, value: unknown): void;
  }
}

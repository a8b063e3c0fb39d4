/** A set of byte values, one bit each. */
export class ByteSet {
  readonly #bits: Uint32Array;

  private constructor(bits: Uint32Array) {
    this.#bits = bits;
  }

  static of(...ranges: readonly (number | readonly [number, number])[]): ByteSet {
    const bits = new Uint32Array(8);
    for (const range of ranges) {
      const [from, to] = typeof range === 'number' ? [range, range] : range;
      for (let byte = from; byte <= to; byte += 1)
        bits[byte >> 5] = (bits[byte >> 5] ?? 0) | (1 << (byte & 31));
    }
    return new ByteSet(bits);
  }

  has(byte: number): boolean {
    return (((this.#bits[byte >> 5] ?? 0) >>> (byte & 31)) & 1) === 1;
  }

  or(other: ByteSet): ByteSet {
    return new ByteSet(this.#bits.map((word, at) => word | (other.#bits[at] ?? 0)));
  }

  and(other: ByteSet): ByteSet {
    return new ByteSet(this.#bits.map((word, at) => word & (other.#bits[at] ?? 0)));
  }

  not(): ByteSet {
    return new ByteSet(this.#bits.map((word) => ~word));
  }

  meets(other: ByteSet): boolean {
    return this.#bits.some((word, at) => (word & (other.#bits[at] ?? 0)) !== 0);
  }

  /** Of what stands in it both cases, as PCRE does in the C locale: ASCII letters only. */
  withBothCases(): ByteSet {
    const both: number[] = [];
    for (let letter = 0x41; letter <= 0x5a; letter += 1) {
      if (this.has(letter) || this.has(letter + 32)) both.push(letter, letter + 32);
    }
    return this.or(ByteSet.of(...both));
  }

  /** Runs of bytes, first and last. */
  ranges(): [number, number][] {
    const found: [number, number][] = [];
    for (let byte = 0; byte < 256; byte += 1) {
      if (!this.has(byte)) continue;
      const last = found.at(-1);
      if (last !== undefined && last[1] === byte - 1) last[1] = byte;
      else found.push([byte, byte]);
    }
    return found;
  }

  size(): number {
    return this.ranges().reduce((sum, [from, to]) => sum + to - from + 1, 0);
  }

  key(): string {
    return this.#bits.join();
  }
}

export const ANY = ByteSet.of([0, 255]);
export const NONE = ByteSet.of();
export const DIGIT = ByteSet.of([0x30, 0x39]);
export const WORD = ByteSet.of([0x30, 0x39], [0x41, 0x5a], [0x61, 0x7a], 0x5f);
/** With the vertical tab, as PCRE since 8.34. */
export const SPACE = ByteSet.of([0x09, 0x0d], 0x20);

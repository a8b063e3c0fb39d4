import { REGISTERS } from './registers.ts';

/** Bytes of the registers with six bits each. */
export const DENSE_BYTES = (REGISTERS * 6) / 8;

/** Puts six bits a register into `into`: four registers are three bytes. */
export function packDense(registers: Uint8Array, into: Buffer): void {
  for (let index = 0, at = 0; index < REGISTERS; index += 4, at += 3) {
    const bits =
      (registers[index] ?? 0) |
      ((registers[index + 1] ?? 0) << 6) |
      ((registers[index + 2] ?? 0) << 12) |
      ((registers[index + 3] ?? 0) << 18);
    into[at] = bits & 0xff;
    into[at + 1] = (bits >> 8) & 0xff;
    into[at + 2] = bits >> 16;
  }
}

export function unpackDense(bytes: Buffer): Uint8Array {
  const registers = new Uint8Array(REGISTERS);
  for (let index = 0, at = 0; index < REGISTERS; index += 4, at += 3) {
    const bits = (bytes[at] ?? 0) | ((bytes[at + 1] ?? 0) << 8) | ((bytes[at + 2] ?? 0) << 16);
    registers[index] = bits & 63;
    registers[index + 1] = (bits >> 6) & 63;
    registers[index + 2] = (bits >> 12) & 63;
    registers[index + 3] = bits >> 18;
  }
  return registers;
}

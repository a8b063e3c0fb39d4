/**
 * CRC-64 as Redis uses it ("Jones": polynomial 0xad93d23594c935a9, reflected, starting at 0, no final XOR;
 * "123456789" gives 0xe9c6d914c4b8d9ca). JavaScript has no fast 64-bit integers, so it runs in two halves of 32 bits.
 * `before` is the checksum of what comes before these bytes.
 */
export function crc64(bytes: Uint8Array, before = 0n): bigint {
  let low = Number(BigInt.asIntN(32, before));
  let high = Number(BigInt.asIntN(32, before >> 32n));
  for (let index = 0; index < bytes.length; index++) {
    const slot = (low ^ (bytes[index] ?? 0)) & 0xff;
    low = ((low >>> 8) | (high << 24)) ^ (LOW[slot] ?? 0);
    high = (high >>> 8) ^ (HIGH[slot] ?? 0);
  }
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
}

const REFLECTED = 0x95ac9329ac4bc9b5n;

const table = Array.from({ length: 256 }, (_, byte) => {
  let rest = BigInt(byte);
  for (let bit = 0; bit < 8; bit++) rest = (rest & 1n) === 1n ? (rest >> 1n) ^ REFLECTED : rest >> 1n;
  return rest;
});
const LOW = Int32Array.from(table, (entry) => Number(BigInt.asIntN(32, entry)));
const HIGH = Int32Array.from(table, (entry) => Number(BigInt.asIntN(32, entry >> 32n)));

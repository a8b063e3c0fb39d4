const CHARACTERS = 'qpzry9x8gf2tvdw0s3jn54khce6mua7l';
const GENERATOR = [0x3b6a57b2, 0x26508e6d, 0x1ea119fa, 0x3d4233dd, 0x2a1462b3];
/** "bc" as BIP 173 spreads it for the checksum. */
const PREFIX = [3, 3, 0, 2, 3];

/** True for a Bitcoin address of the form bc1..., lower case, whose checksum holds (BIP 173, BIP 350). */
export function isSegwitAddress(word: string): boolean {
  if (!word.startsWith('bc1') || word.length < 14 || word.length > 74) return false;
  const data = Array.from(word.slice(3), (character) => CHARACTERS.indexOf(character));
  if (data.includes(-1)) return false;
  return polymod([...PREFIX, ...data]) === (data[0] === 0 ? 1 : 0x2bc830a3);
}

function polymod(values: readonly number[]): number {
  let check = 1;
  for (const value of values) {
    const top = check >>> 25;
    check = ((check & 0x1ffffff) << 5) ^ value;
    for (const [bit, generator] of GENERATOR.entries()) {
      if (((top >>> bit) & 1) === 1) check ^= generator;
    }
  }
  return check;
}

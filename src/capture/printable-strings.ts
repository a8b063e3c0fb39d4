const SHORTEST = 6;
const LONGEST = 200;

/** Runs of printable ASCII, as the tool `strings` finds them; the first `most`. */
export function printableStrings(file: Uint8Array, most: number): string[] {
  const found: string[] = [];
  let start = 0;
  for (let at = 0; at <= file.length && found.length < most; at++) {
    const byte = file[at] ?? 0;
    if (byte >= 32 && byte <= 126) continue;
    if (at - start >= SHORTEST) {
      found.push(Buffer.from(file.subarray(start, Math.min(at, start + LONGEST))).toString('latin1'));
    }
    start = at + 1;
  }
  return found;
}

/** A pattern that cannot be read or compiled; the message says why. */
export class PatternFault extends Error {
  override readonly name = 'PatternFault';
}

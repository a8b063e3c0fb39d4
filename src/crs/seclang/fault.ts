/** Something in a rule file that cannot be read; the message names it, the loader adds file and line. */
export class SecLangFault extends Error {
  override readonly name = 'SecLangFault';
}

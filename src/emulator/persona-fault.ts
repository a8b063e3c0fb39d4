/** A persona that cannot be found, read or recorded, with what to do about it; one line each. */
export class PersonaFault extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.remedy = remedy;
  }
}

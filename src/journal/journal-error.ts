/** The journal cannot be opened, or what was flushed could not be written. Shown to the operator as two lines. */
export class JournalError extends Error {
  readonly remedy: string;

  constructor(message: string, remedy: string) {
    super(message);
    this.name = 'JournalError';
    this.remedy = remedy;
  }
}

/** What the exit status of every command means; scripts and CI jobs rely on it. */
export const Exit = {
  fine: 0,
  /** Findings at or above `--fail-on`. */
  findings: 1,
  /** The command line, a file it names or a port it asks for cannot be used. */
  usage: 2,
  /** A target lies outside what the operator gave consent for. */
  scope: 3,
  /** The job ran, but not all of it could be done. */
  partial: 4,
  /** A fault of Sundew itself. */
  internal: 5,
} as const;
export type Exit = (typeof Exit)[keyof typeof Exit];

/** Something the operator can put right: shown as two lines, without a stack trace. */
export class Complaint extends Error {
  readonly remedy: string;
  readonly exit: Exit;

  constructor(message: string, remedy: string, exit: Exit = Exit.usage) {
    super(message);
    this.remedy = remedy;
    this.exit = exit;
  }
}

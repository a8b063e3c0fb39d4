import type { Outcome } from '../../model/audit-report.ts';
import type { VersionBracket } from './version-bracket.ts';

/** The target cannot be asked any further. Ends the audit of it, with what is known so far. */
export class ConversationEnded extends Error {
  readonly outcome: Outcome;
  /** The release of a server that keeps us out, where it was asked for. */
  readonly bracket: VersionBracket | undefined;

  /** @param message names the thing and the remedy; safe to print. */
  constructor(outcome: Outcome, message: string, bracket?: VersionBracket) {
    super(message);
    this.outcome = outcome;
    this.bracket = bracket;
  }
}

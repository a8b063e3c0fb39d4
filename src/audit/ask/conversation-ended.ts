import type { Outcome } from '../../model/audit-report.ts';

/** The target cannot be asked any further. Ends the audit of it, with what is known so far. */
export class ConversationEnded extends Error {
  readonly outcome: Outcome;

  /** @param message names the thing and the remedy; safe to print. */
  constructor(outcome: Outcome, message: string) {
    super(message);
    this.outcome = outcome;
  }
}

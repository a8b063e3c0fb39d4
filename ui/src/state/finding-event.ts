import type { FindingView } from '../../../src/serve/answers.ts';

/** The event that completed a finding: evidence is listed in the order in which it came. */
export function finishingEvent({ evidence }: FindingView): string | undefined {
  return evidence.at(-1)?.event;
}

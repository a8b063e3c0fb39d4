import type { Finding } from '../../../src/model/finding.ts';

/** The event that completed a finding: evidence is listed in the order in which it came. */
export function finishingEvent({ evidence }: Finding): string | undefined {
  return evidence.at(-1)?.event;
}

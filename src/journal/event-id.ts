/** Digits of a sequence number in base 36: 3.6 * 10^15 of them, so ids of one journal sort as strings. */
const SEQUENCE_DIGITS = 10;
export const LARGEST_SEQUENCE = 36 ** SEQUENCE_DIGITS - 1;

/** 8 hex digits, drawn when a folder becomes a journal. */
export const JOURNAL_ID = /^[0-9a-f]{8}$/;

export function sequenceText(sequence: number): string {
  return sequence.toString(36).padStart(SEQUENCE_DIGITS, '0');
}

export function eventId(journal: string, sequence: number): string {
  return `${journal}-${sequenceText(sequence)}`;
}

/** The sequence number in an event id; undefined when it is not an id of ours. */
export function sequenceOf(id: string): number | undefined {
  const at = id.length - SEQUENCE_DIGITS;
  return at > 0 && id[at - 1] === '-' ? parseSequence(id.slice(at)) : undefined;
}

/** Exactly ten base 36 digits in lower case. */
export function parseSequence(text: string): number | undefined {
  return /^[0-9a-z]{10}$/.test(text) ? Number.parseInt(text, 36) : undefined;
}

/** What a player shows at one moment of a recording. */
export interface PlayLine {
  /** Milliseconds since the session opened. */
  readonly ms: number;
  /** `note` says what is not there. */
  readonly from: 'visitor' | 'sensor' | 'note';
  /** Printable, one line each, as redis-cli would show them. */
  readonly text: readonly string[];
  /** Of the recording, which this tells of. */
  readonly bytes: number;
}

/** How much of a long request or reply is shown. */
export interface PlayLimits {
  /** Lines of one request or reply. */
  readonly lines: number;
  /** Characters of a line; of one argument or string in it. */
  readonly width: number;
  readonly word: number;
}

export const SHORT: PlayLimits = { lines: 40, width: 1_000, word: 300 };
export const WHOLE: PlayLimits = { lines: 100_000, width: 1_000_000, word: 1_000_000 };

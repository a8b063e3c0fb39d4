/**
 * One request of a probe. A string is split as redis-cli does and sent as an array of bulk strings, to connection
 * 1, or to the one that `@N ` in front of it names. Flags come first of all:
 * `~` compares the reply with numbers and hex ids made alike, `?` without regard to the order of elements.
 * `{ raw }` goes out as it is; what counts then is everything that came back by the time the server has answered
 * others again.
 */
export type Step = string | Raw;

export interface Raw {
  readonly raw: string;
  /** Number of the connection, 1 when not said. A connection is opened when it is first used. */
  readonly on?: number;
}

/** Steps on fresh connections to an empty server. */
export interface Probe {
  readonly name: string;
  readonly steps: readonly Step[];
  /** Sent at the end by a connection that was there before, to leave the server as it was. */
  readonly cleanup?: readonly string[];
}
